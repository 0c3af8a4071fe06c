import { describe, expect, it } from "vitest";
import type { Order } from "../../api/types";
import { stationsOf } from "./stations";

const now = new Date("2026-11-22T00:00:00Z");
const order: Order = {
  id: "o", shop: { id: "s", name: "青禾小铺", platform: "taobao" }, number: "1", state: null, placed_at: null, paid_at: null, promised_at: null, shipped_at: null, delivered_at: null,
  completed_at: null, amount: null, fulfilled_by: null, carrier: null, tracking_number: null, buyer: null, lines: [],
};
const done = (order: Order) => stationsOf(order, now).filter((each) => each.done).map((each) => each.name);
const late = (order: Order) => stationsOf(order, now).some((each) => each.late);

describe("stationsOf", () => {
  it("believes the state where times are missing", () => {
    expect(done({ ...order, state: "shipped" })).toEqual(["placed", "paid", "shipped"]);
    expect(done(order)).toEqual([]);
  });

  it("believes the furthest time, and fills what must have happened before", () => {
    expect(done({ ...order, state: "shipped", delivered_at: "2026-11-20T00:00:00Z" })).toEqual(["placed", "paid", "shipped", "delivered"]);
  });

  it("says late when it came after the promise, or should have come by now", () => {
    const promised_at = "2026-11-19T00:00:00Z";
    expect(late({ ...order, promised_at, delivered_at: "2026-11-20T00:00:00Z" })).toBe(true);
    expect(late({ ...order, promised_at, delivered_at: "2026-11-18T00:00:00Z" })).toBe(false);
    expect(late({ ...order, promised_at, state: "shipped" })).toBe(true);
    expect(late({ ...order, promised_at, state: "delivered" })).toBe(false);
    expect(late({ ...order, promised_at: "2026-11-25T00:00:00Z", state: "shipped" })).toBe(false);
  });

  it("ends a closed order where it was closed", () => {
    const closed = stationsOf({ ...order, state: "closed", placed_at: "2026-11-01T00:00:00Z", promised_at: "2026-11-05T00:00:00Z" }, now);
    expect(closed.map((each) => each.name)).toEqual(["placed", "closed"]);
    expect(closed.some((each) => each.late)).toBe(false);
  });
});
