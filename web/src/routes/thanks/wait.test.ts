import { describe, expect, it } from "vitest";
import { waitOf } from "./wait";

describe("waitOf", () => {
  it("chooses minutes, hours or days", () => {
    expect(waitOf(0)).toEqual({ unit: "minutes", count: 1 });
    expect(waitOf(3599)).toEqual({ unit: "minutes", count: 59 });
    expect(waitOf(3600)).toEqual({ unit: "hours", count: 1 });
    expect(waitOf(2 * 86_400 - 1)).toEqual({ unit: "hours", count: 47 });
    expect(waitOf(2 * 86_400)).toEqual({ unit: "days", count: 2 });
  });
});
