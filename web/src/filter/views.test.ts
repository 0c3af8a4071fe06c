import { describe, expect, it } from "vitest";
import { filterOf } from "./filter";
import { isSameView, viewAddress, viewQuery } from "./views";

const id = "0190a5a0-0000-7000-8000-000000000001";
const zone = "Asia/Shanghai";

describe("a saved view", () => {
  it("opens as it was saved", () => {
    const params = new URLSearchParams("rating=1&rating=2&cause=quality&cause=price&cause_match=all&match=any&has_text=true&q=开线&from=2026-10-01&to=2026-10-31&sort=severity&columns=review,shop");
    const view = { id, query: viewQuery("reviews", params, zone) };
    const address = viewAddress("reviews", view, zone);
    expect(address.get("view")).toBe(id);
    expect([address.get("from"), address.get("to")]).toEqual(["2026-10-01", "2026-10-31"]);
    expect(filterOf("reviews", address, zone)).toEqual(filterOf("reviews", params, zone));
    expect(isSameView("reviews", address, view, zone)).toBe(true);
    address.append("rating", "3");
    expect(isSameView("reviews", address, view, zone)).toBe(false);
  });

  it("keeps days that are 23 and 25 hours long", () => {
    const params = new URLSearchParams("from=2026-03-08&to=2026-11-01");
    const query = viewQuery("orders", params, "America/Los_Angeles");
    const address = viewAddress("orders", { id, query }, "America/Los_Angeles");
    expect([address.get("from"), address.get("to")]).toEqual(["2026-03-08", "2026-11-01"]);
  });

  it("says which cases it means, so that all of them stay all of them", () => {
    expect(new URLSearchParams(viewQuery("cases", new URLSearchParams(""))).getAll("case_state")).toHaveLength(3);
    const all = { id, query: viewQuery("cases", new URLSearchParams("case_state=all&handler=me")) };
    expect(all.query).toBe("handler=me");
    const address = viewAddress("cases", all);
    expect(address.get("case_state")).toBe("all");
    expect(isSameView("cases", address, all)).toBe(true);
  });

  it("does not mind in which order the keys stand", () => {
    expect(isSameView("reviews", new URLSearchParams("rating=1&cause=price"), { query: "rating=1&cause=price" })).toBe(true);
  });

  it("drops what no filter of the list knows", () => {
    expect(viewAddress("buyers", { id, query: "rating=1&bad_min=2&cursor=x" }).toString()).toBe(`bad_min=2&view=${id}`);
  });
});
