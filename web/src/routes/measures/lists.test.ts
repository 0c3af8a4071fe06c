import { describe, expect, it } from "vitest";
import { filterOf } from "../../filter/filter";
import { listOf, ordersOf } from "./lists";

const shop = "0190a5a0-0000-7000-8000-000000000001";
const asked = (address: string | null) => new URLSearchParams((address ?? "").split("?")[1]);

describe("the list behind a number", () => {
  it("is asked for by what the number counts, to the instant", () => {
    const window = { from: "2026-10-02T12:00:00.000001Z" };
    const good = filterOf("reviews", asked(listOf({ object: "review", basis: "verdicts" }, window, "positive", shop)));
    expect(good).toEqual({ shop: [shop], object: ["review"], verdict: ["good"], counted: true, from: window.from });
    const bad = filterOf("reviews", asked(listOf({ object: "product_review", basis: "stars" }, { from: null }, "negative", shop)));
    expect(bad).toEqual({ shop: [shop], object: ["product_review"], rating: ["2", "1"], counted: true });
  });

  it("of what is gone is not what counts", () => {
    const gone = filterOf("reviews", asked(listOf({ object: "review", basis: "stars" }, { from: null }, "gone", shop)));
    expect(gone).toEqual({ shop: [shop], object: ["review"], changed: ["deleted"] });
  });

  it("of orders names the figure and the part", () => {
    const figure = { orders: "late_shipment_rate", from: "2026-10-02T12:00:00.000001Z", to: "2026-11-01T12:00:00.000001Z" } as const;
    expect(filterOf("orders", asked(ordersOf(figure, "numerator", shop)))).toEqual({ shop: [shop], measure: "late_shipment_rate", part: "numerator", from: figure.from, to: figure.to });
    expect(ordersOf({ ...figure, orders: null }, "numerator", shop)).toBeNull();
  });
});
