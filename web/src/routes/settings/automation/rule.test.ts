import { describe, expect, it } from "vitest";
import { isSaid, isWhole, newActions, newConditions } from "./rule";

describe("what a rule still needs", () => {
  it("is a choice in most conditions and actions", () => {
    expect(isSaid(newConditions.shop)).toBe(false);
    expect(isSaid({ on: "text", any_of: ["开线"] })).toBe(true);
    expect(isSaid(newConditions.severity)).toBe(true);
    expect(isWhole(newActions.note)).toBe(false);
    expect(isWhole({ do: "note", text: "先看物流" })).toBe(true);
    expect(isWhole(newActions.assign_by_rules)).toBe(true);
  });
});
