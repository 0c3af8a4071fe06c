import { describe, expect, it } from "vitest";
import { chosen, filterOf, joinable, queryOf, setKeys, withFilter, withoutFilters } from "./filter";
import { listNames, specs } from "./spec";

const shop = "0190a5a0-0000-7000-8000-000000000001";

describe("the filter of a list", () => {
  it("comes back from its own address, on every list and for every filter", () => {
    for (const list of listNames) {
      const address = new URLSearchParams();
      for (const [key, field] of Object.entries(specs[list].fields)) {
        if (field.kind === "codes") for (const code of field.of.slice(0, 2)) address.append(key, code);
        else if (field.kind === "code") address.append(key, field.of[0] as string);
        else if (field.kind === "ids") for (const id of [shop, ...(field.words ?? [])]) address.append(key, id);
        else if (field.kind === "flag") address.append(key, "false");
        else if (field.kind === "text") address.append(key, "开线 & 掉色?");
        else if (field.kind === "points") address.append(key, "40");
      }
      address.append("sort", specs[list].sorts[1] as string);
      const filter = filterOf(list, address);
      expect(Object.keys(filter).length, list).toBe([...new Set(address.keys())].length);
      expect(filterOf(list, queryOf(filter)), list).toEqual(filter);
    }
  });

  it("leaves out what makes no sense", () => {
    const wild = "shop=1&platform=mars&rating=9&rating=2.5&verdict=x&cause=&severity_min=-3&has_case=perhaps&from=yesterday&sort=best&q=%20%20&match=none&tag=red&handler=us&case_state=x";
    expect(filterOf("reviews", new URLSearchParams(wild))).toEqual({});
  });

  it("takes both days whole, as the shop counts them", () => {
    const filter = filterOf("reviews", new URLSearchParams("from=2026-10-01&to=2026-10-01"), "Asia/Shanghai");
    expect([filter.from, filter.to]).toEqual(["2026-09-30T16:00:00.000Z", "2026-10-01T16:00:00.000Z"]);
    expect(filterOf("reviews", new URLSearchParams("from=2026-13-45"))).toEqual({});
  });

  it("takes an instant as it is, as figures say their windows", () => {
    const filter = filterOf("reviews", new URLSearchParams("from=2026-10-01T12:00:00.000001Z&to=2026-10-01"), "Asia/Shanghai");
    expect([filter.from, filter.to]).toEqual(["2026-10-01T12:00:00.000001Z", "2026-10-01T16:00:00.000Z"]);
    expect(filterOf("reviews", new URLSearchParams("from=2026-10-01T25:00:00Z"))).toEqual({});
  });

  it("tells apart no case, a case, and either", () => {
    expect(filterOf("reviews", new URLSearchParams("has_case=false")).has_case).toBe(false);
    expect("has_case" in filterOf("reviews", new URLSearchParams(""))).toBe(false);
  });

  it("shows the cases that still need somebody unless asked otherwise", () => {
    expect(filterOf("cases", new URLSearchParams("")).case_state).toEqual(["open", "in_progress", "waiting"]);
    expect("case_state" in filterOf("cases", new URLSearchParams("case_state=all"))).toBe(false);
    expect(filterOf("cases", new URLSearchParams("case_state=solved")).case_state).toEqual(["solved"]);
  });

  it("names what is set, without the words that join it", () => {
    const params = new URLSearchParams("q=a&cause=quality&cause=price&cause_match=all&match=any&rating=9");
    expect(setKeys("reviews", params)).toEqual(["cause", "q"]);
    expect(chosen("reviews", params, "cause")).toEqual(["quality", "price"]);
    expect(joinable("reviews", params)).toBe(false);
    params.append("rating", "1");
    expect(joinable("reviews", params)).toBe(true);
    expect(joinable("orders", new URLSearchParams("platform=jd&state=shipped"))).toBe(false);
  });

  it("is cleared without losing the order, the columns and the shop", () => {
    const params = new URLSearchParams(`shop=${shop}&rating=1&match=any&sort=oldest&columns=review,shop&view=${shop}`);
    expect(withoutFilters("reviews", params).toString()).toBe(new URLSearchParams(`shop=${shop}&sort=oldest&columns=review,shop`).toString());
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
