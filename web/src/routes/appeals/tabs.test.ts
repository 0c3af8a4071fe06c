import { describe, expect, it } from "vitest";
import { isCandidates, statesOf, tabOf } from "./tabs";

describe("the tabs of appeals", () => {
  it("are found by their name and by the state of a request", () => {
    expect(tabOf(null)).toBe("three");
    expect(tabOf("nonsense")).toBe("three");
    expect(tabOf("appealed")).toBe("filed");
    expect(tabOf("refused")).toBe("answered");
    expect(tabOf("record")).toBe("record");
  });

  it("show reviews or requests, never both", () => {
    expect(isCandidates("seven") && statesOf("seven") === null).toBe(true);
    expect(statesOf("filed")).toEqual(["filed", "appealed"]);
    expect(statesOf("record")).toBeNull();
  });
});
