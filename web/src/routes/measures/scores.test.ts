import { describe, expect, it } from "vitest";
import type { ScoreFigure } from "../../api/types";
import { fivesFor, sumOf } from "./scores";

describe("scores of a shop", () => {
  it("take no fives for what is shown, and what the server says beyond", () => {
    const score = { shown: { value: "4.86" } as ScoreFigure["shown"], needed: [{ mean: 487, fives: 72 }] };
    expect([fivesFor(score, 486), fivesFor(score, 480), fivesFor(score, 487), fivesFor(score, 499)]).toEqual([0, 0, 72, null]);
  });

  it("add up to their mean times their number", () => {
    expect(sumOf("4.86", "1000")).toBe(4860);
  });
});
