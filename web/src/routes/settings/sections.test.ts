import { describe, expect, it } from "vitest";
import { openTo, sections } from "./sections";

const keys = (permissions: string[]) => openTo(permissions).map(({ key }) => key);

describe("the sections of the settings", () => {
  it("leave everybody his own", () => {
    expect(keys(["task.read", "task.answer"])).toEqual(["me", "security", "sessions"]);
  });

  it("open with the right they need", () => {
    expect(keys(["audit.read"])).toContain("audit");
    expect(keys(["review.read", "person.read"])).not.toContain("backups");
  });

  it("have addresses of their own", () => {
    expect(new Set(sections.map(({ key }) => key)).size).toBe(sections.length);
  });
});
