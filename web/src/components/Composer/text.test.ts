import { describe, expect, it } from "vitest";
import { hasOpen, lengthOf, piecesOf } from "./text";

describe("a text to a buyer", () => {
  it("is as long as a reader counts it", () => {
    expect(lengthOf(" 您好😀 ")).toBe(3);
  });

  it("is open while a brace stands in it", () => {
    expect(hasOpen("{{ by }} 前")).toBe(true);
    expect(hasOpen("前 }}")).toBe(true);
    expect(hasOpen("{ 不是变量 }")).toBe(false);
  });

  it("falls into words and variables, and is whole again when they are joined", () => {
    const text = "您好，{{order}} 在{{ by }}前 {{ A }}";
    const pieces = piecesOf(text);
    expect(pieces.map(({ name }) => name)).toEqual([null, "order", null, "by", null]);
    expect(pieces.map((piece) => piece.text).join("")).toBe(text);
    expect(piecesOf("")).toEqual([]);
  });
});
