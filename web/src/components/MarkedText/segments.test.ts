import { describe, expect, it } from "vitest";
import { segmentsOf } from "./segments";

const joined = (text: string, marks: Parameters<typeof segmentsOf>[1]) =>
  segmentsOf(text, marks)
    .map((each) => each.text)
    .join("");

describe("segmentsOf", () => {
  it("gives the whole text as one piece when nothing is marked", () => {
    expect(segmentsOf("挺好的", [])).toEqual([{ text: "挺好的", meanings: [] }]);
    expect(segmentsOf("", [])).toEqual([]);
  });

  it("counts characters, not UTF-16 units, before a mark", () => {
    const text = "😡😡穿了两天就开线";
    expect(segmentsOf(text, [{ start: 2, end: 9, meaning: "cause.quality" }])).toEqual([
      { text: "😡😡", meanings: [] },
      { text: "穿了两天就开线", meanings: ["cause.quality"] },
    ]);
  });

  it("does not cut rare Han characters in half", () => {
    expect(segmentsOf("𠮷野家", [{ start: 0, end: 1, meaning: "a" }])[0]).toEqual({ text: "𠮷", meanings: ["a"] });
  });

  it("shows both meanings where marks overlap", () => {
    expect(
      segmentsOf("abcdef", [
        { start: 0, end: 4, meaning: "one" },
        { start: 2, end: 6, meaning: "two" },
      ]),
    ).toEqual([
      { text: "ab", meanings: ["one"] },
      { text: "cd", meanings: ["one", "two"] },
      { text: "ef", meanings: ["two"] },
    ]);
  });

  it("names a meaning once when two of its marks overlap", () => {
    const pieces = segmentsOf("abcd", [
      { start: 0, end: 3, meaning: "one" },
      { start: 1, end: 4, meaning: "one" },
    ]);
    expect(pieces.map((each) => each.meanings)).toEqual([["one"], ["one"], ["one"]]);
  });

  it("survives marks that lie outside the text or are empty", () => {
    const marks = [
      { start: -3, end: 1, meaning: "a" },
      { start: 2, end: 99, meaning: "b" },
      { start: 1, end: 1, meaning: "c" },
      { start: 50, end: 60, meaning: "d" },
    ];
    expect(segmentsOf("xyz", marks)).toEqual([
      { text: "x", meanings: ["a"] },
      { text: "y", meanings: [] },
      { text: "z", meanings: ["b"] },
    ]);
  });

  it("never loses or repeats a character", () => {
    const text = "a😀b👨‍👩‍👧c\u{1F1E8}\u{1F1F3}衣服𠮷 e\u0301";
    const length = Array.from(text).length;
    for (let start = 0; start <= length; start += 1) {
      for (let end = start; end <= length; end += 1) {
        const marks = [
          { start, end, meaning: "a" },
          { start: length - end, end: length - start, meaning: "b" },
        ];
        expect(joined(text, marks)).toBe(text);
        const marked = segmentsOf(text, marks).filter((each) => each.meanings.includes("a"));
        expect(marked.map((each) => each.text).join("")).toBe(Array.from(text).slice(start, end).join(""));
      }
    }
  });
});
