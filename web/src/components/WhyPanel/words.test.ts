import { describe, expect, it } from "vitest";
import { wordsOf } from "./words";

const review = { text: "😡开线了，又开线了" };

describe("wordsOf", () => {
  it("cuts out the words by characters, each once", () => {
    expect(wordsOf(review, { code: "quality", score: 1, spans: [[1, 3], [6, 8]] })).toEqual(["开线"]);
  });

  it("has nothing to show for marks outside the text", () => {
    expect(wordsOf({ text: "" }, { code: "quality", score: 1, spans: [[0, 4]] })).toEqual([]);
  });
});
