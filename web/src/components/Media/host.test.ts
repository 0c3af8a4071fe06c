import { describe, expect, it } from "vitest";
import { hostOf } from "./host";

describe("where a photo's link leads", () => {
  it("is named by its host", () => {
    expect(hostOf("https://img.alicdn.com/a.jpg?x=1")).toBe("img.alicdn.com");
  });

  it("is nowhere for what a page must not open", () => {
    for (const link of [null, "", "1.jpg", "javascript:alert(1)", "data:image/svg+xml,<svg/>", "file:///etc/passwd"]) expect(hostOf(link)).toBeNull();
  });
});
