import { describe, expect, it } from "vitest";
import { filterOf, queryOf } from "../../filter/filter";
import { listNames } from "../../filter/spec";
import { builtIns, openBuiltIn } from "./builtIn";

describe("the views every desk has", () => {
  it("open by their own address, and stay open while more is narrowed", () => {
    for (const list of listNames) {
      for (const view of builtIns[list]) {
        expect(openBuiltIn(list, new URLSearchParams(view.query)).key).toBe(view.key);
        expect(openBuiltIn(list, new URLSearchParams(`${view.query}&q=x&sort=oldest`)).key).toBe(view.key);
      }
    }
  });

  it("ask only for filters that the list has", () => {
    for (const list of listNames) {
      for (const { query } of builtIns[list]) {
        const known = queryOf(filterOf(list, new URLSearchParams(query)));
        for (const [key, value] of new URLSearchParams(query)) if (value !== "all") expect(known.getAll(key), `${list} ${query}`).toContain(value);
      }
    }
  });

  it("are not open when a value more is set", () => {
    expect(openBuiltIn("cases", new URLSearchParams("case_state=solved&case_state=closed")).key).toBe("live");
  });
});
