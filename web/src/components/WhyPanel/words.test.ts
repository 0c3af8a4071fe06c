import { describe, expect, it } from "vitest";
import { wordsAt, wordsIn } from "./words";

const review = { text: "😡开线了，又开线了", title: "失望" };

describe("the words of a reading", () => {
  it("are cut out by characters, each once", () => {
    expect(wordsAt(review.text, [[1, 3], [6, 8]])).toEqual(["开线"]);
  });

  it("stand in the text or in the title", () => {
    expect(wordsIn(review, "title", [[0, 2]])).toEqual(["失望"]);
    expect(wordsIn({ text: "", title: null }, "title", [[0, 2]])).toEqual([]);
  });

  it("are none for marks outside the text", () => {
    expect(wordsAt("", [[0, 4]])).toEqual([]);
  });
});
