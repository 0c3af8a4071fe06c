import { describe, expect, it } from "vitest";
import { differenceOf } from "./difference";

const side = (pieces: ReturnType<typeof differenceOf>, without: "added" | "removed") =>
  pieces.filter((piece) => piece.kind !== without).map((piece) => piece.text).join("");

describe("differenceOf", () => {
  it("marks the characters that changed in Chinese", () => {
    expect(differenceOf("质量很差", "质量还行")).toEqual([
      { kind: "same", text: "质量" },
      { kind: "removed", text: "很差" },
      { kind: "added", text: "还行" },
    ]);
  });

  it("compares English by whole words", () => {
    expect(differenceOf("very bad seller", "very good seller")).toEqual([
      { kind: "same", text: "very " },
      { kind: "removed", text: "bad" },
      { kind: "added", text: "good" },
      { kind: "same", text: " seller" },
    ]);
  });

  it("gives both texts back, whatever they are", () => {
    const texts = ["", "😡穿了两天就开线", "穿了一天就开线了😡", "Arrived late. 物流慢", "a\n\nb", "x".repeat(300), "质量".repeat(1500)];
    for (const before of texts) {
      for (const after of texts) {
        const pieces = differenceOf(before, after);
        expect(side(pieces, "added")).toBe(before);
        expect(side(pieces, "removed")).toBe(after);
      }
    }
  });

  it("finds nothing between equal texts", () => {
    expect(differenceOf("挺好的", "挺好的")).toEqual([{ kind: "same", text: "挺好的" }]);
  });
});
