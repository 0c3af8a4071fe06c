import { describe, expect, it } from "vitest";
import { rank } from "./rank";

const all = [
  { id: "cases", title: "去跟进", words: "cases genjin todo" },
  { id: "reviews", title: "去评价", words: "reviews pingjia" },
  { id: "mine", title: "我负责的跟进单", words: "my cases" },
  { id: "dark", title: "外观：深色", words: "dark theme" },
  { id: "go", title: "Go to orders", words: "dingdan" },
];
const ids = (typed: string, recent?: string[]) => rank(all, typed, recent).map((each) => each.id);

describe("the commands that fit", () => {
  it("are all of them, those used lately first, before anything is typed", () => {
    expect(ids("")).toEqual(["cases", "reviews", "mine", "dark", "go"]);
    expect(ids("  ", ["dark", "mine"]).slice(0, 2)).toEqual(["dark", "mine"]);
  });

  it("begin with what was typed, then hold it, in either language", () => {
    expect(ids("跟进")).toEqual(["cases", "mine"]);
    expect(ids("我")).toEqual(["mine"]);
    expect(ids("Cases")).toEqual(["cases", "mine"]);
    expect(ids("ｄａｒｋ")).toEqual(["dark"]);
  });

  it("need every word that was typed", () => {
    expect(ids("my cases")).toEqual(["mine"]);
    expect(ids("my orders")).toEqual([]);
  });

  it("are found by letters in their order, when nothing better is", () => {
    expect(ids("gto")).toEqual(["go"]);
    expect(ids("otg")).toEqual([]);
  });

  it("are told apart by use where they fit alike", () => {
    expect(ids("cases", ["mine"])).toEqual(["mine", "cases"]);
  });
});
