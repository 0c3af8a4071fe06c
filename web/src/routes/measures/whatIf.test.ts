import { describe, expect, it } from "vitest";
import type { MeasureGroup } from "../../api/types";
import { neededFor, percentIf, percentOf } from "./whatIf";

describe("what would be shown", () => {
  it("is rounded as platforms do", () => {
    expect(percentOf(1001, 1020)).toBe(98);
    expect(percentOf(1, 200)).toBe(1);
    expect(percentOf(0, 0)).toBeNull();
  });

  it("counts more positives and removed ratings", () => {
    expect(percentIf({ positive: 90, total: 100 }, 82, 0)).toBe(95);
    expect(percentIf({ positive: 90, total: 100 }, 81, 0)).toBe(94);
    expect(percentIf({ positive: 90, total: 100 }, 0, 5)).toBe(95);
    expect(percentIf({ positive: 0, total: 1 }, 0, 1)).toBeNull();
  });

  it("takes what is needed from the server", () => {
    const group = { needed: [{ percent: 95, positives: 82 }] } as MeasureGroup;
    expect([neededFor(group, 95), neededFor(group, 96)]).toEqual([82, null]);
  });
});
