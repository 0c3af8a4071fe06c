import { describe, expect, it } from "vitest";
import { asList, byMeaning } from "./words";

describe("the words of a shop", () => {
  it("stand by their meaning in the form and as a list at the server", () => {
    const list = [{ cause: null, word: "垃圾桶" }, { cause: "quality" as const, word: "掉渣" }];
    const form = byMeaning(list);
    expect([form.name, form.quality, form.price]).toEqual([["垃圾桶"], ["掉渣"], []]);
    expect(asList(form)).toEqual(list);
    expect(asList({})).toEqual([]);
  });
});
