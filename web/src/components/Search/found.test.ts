import type { TFunction } from "i18next";
import { describe, expect, it } from "vitest";
import type { Found } from "../../api/types";
import { hitsOf } from "./found";

const t = ((key: string) => key) as unknown as TFunction;
const shop = { id: "s", name: "青禾小铺", platform: "taobao" };
const review = { id: "r", shop, rating: 1, verdict: null, title: null, text: "穿了两天就开线", order_number: "26", product: null };
const found = {
  reviews: [review],
  cases: [{ id: "c", number: 12, state: "open", owner: null, shop, review }],
  orders: [],
  buyers: [],
  products: [{ id: "p", title: null, key: "K1", shop, reviews: 3, bad: 1 }],
} as unknown as Found;

describe("what a search found", () => {
  it("is grouped, the most wanted kind first, without empty groups", () => {
    expect(hitsOf(found, t).map((group) => group.kind)).toEqual(["cases", "products", "reviews"]);
  });

  it("says what it is and where it opens", () => {
    const [cases, products] = hitsOf(found, t);
    expect(cases?.hits[0]).toMatchObject({ to: "/cases/c", title: "12 1★ 穿了两天就开线" });
    expect(products?.hits[0]).toMatchObject({ to: "/products/p", title: "K1" });
  });
});
