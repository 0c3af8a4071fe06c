import { describe, expect, it } from "vitest";
import { caseFilterOf, queryOf, reviewFilterOf, withFilter } from "./filters";

const shop = "0190a5a0-0000-7000-8000-000000000001";

describe("the filter of the review list", () => {
  it("comes back from its own address", () => {
    const address = `shop=${shop}&platform=taobao&platform=tmall&rating=1&rating=2&verdict=bad&sentiment=negative&cause=quality&severity_min=60&has_case=true&q=%E5%BC%80%E7%BA%BF&from=2026-10-01&to=2026-10-31&sort=severity`;
    const filter = reviewFilterOf(new URLSearchParams(address));
    expect(filter.rating).toEqual([1, 2]);
    expect(filter.q).toBe("开线");
    const { from: _from, to: _to, ...others } = filter;
    expect(reviewFilterOf(queryOf(others))).toEqual(others);
  });

  it("leaves out what makes no sense", () => {
    const wild = "shop=1&platform=mars&rating=9&rating=2.5&verdict=x&cause=&severity_min=-3&has_case=perhaps&from=yesterday&sort=best&q=%20%20";
    expect(reviewFilterOf(new URLSearchParams(wild))).toEqual({});
  });

  it("takes both days whole, as the shop counts them", () => {
    const filter = reviewFilterOf(new URLSearchParams("from=2026-10-01&to=2026-10-01"), "Asia/Shanghai");
    expect([filter.from, filter.to]).toEqual(["2026-09-30T16:00:00.000Z", "2026-10-01T16:00:00.000Z"]);
    expect(reviewFilterOf(new URLSearchParams("from=2026-13-45"))).toEqual({});
  });

  it("tells apart no case, a case, and either", () => {
    expect(reviewFilterOf(new URLSearchParams("has_case=false")).has_case).toBe(false);
    expect("has_case" in reviewFilterOf(new URLSearchParams(""))).toBe(false);
  });
});

describe("the filter of the case list", () => {
  it("shows what still needs somebody unless asked otherwise", () => {
    expect(caseFilterOf(new URLSearchParams("")).state).toEqual(["open", "in_progress", "waiting"]);
    expect("state" in caseFilterOf(new URLSearchParams("state=all"))).toBe(false);
    expect(caseFilterOf(new URLSearchParams("state=solved")).state).toEqual(["solved"]);
  });

  it("knows mine and nobody's", () => {
    expect(caseFilterOf(new URLSearchParams("owner=me")).owner).toBe("me");
    expect(caseFilterOf(new URLSearchParams("owner=drop table")).owner).toBeUndefined();
  });
});

describe("withFilter", () => {
  it("sets, replaces and removes one key and leaves the others", () => {
    const start = new URLSearchParams("q=a&rating=1&rating=2");
    expect(withFilter(start, "rating", ["3"]).toString()).toBe("q=a&rating=3");
    expect(withFilter(start, "rating", []).toString()).toBe("q=a");
    expect(withFilter(start, "q", null).toString()).toBe("rating=1&rating=2");
    expect(withFilter(start, "has_case", false).get("has_case")).toBe("false");
    expect(start.toString()).toBe("q=a&rating=1&rating=2");
  });
});
