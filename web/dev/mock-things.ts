// Orders, buyers and products for `mock.ts`.
import type { BuyerDetail, BuyerRow, OrderRow, ProductRow } from "../src/api/types";
import * as data from "./mock-data.ts";
import * as beside from "./mock-records.ts";

const id = (number: number) => `0190a5a0-0000-7000-8000-${String(number).padStart(12, "0")}`;
const ago = (hours: number) => new Date(Date.now() - hours * 3_600_000).toISOString();
const shopOf = (index: number) => {
  const { id: shop, name, platform } = data.shops[index % 3] as (typeof data.shops)[number];
  return { id: shop, name, platform };
};
const titles = ["加厚纯棉四件套 A 类母婴级 60 支长绒棉床单被套枕套简约纯色全棉床上用品 1.8m 床", "加厚保温杯 500ml", "Bamboo cutting board, set of 3"];

export const orders: OrderRow[] = Array.from({ length: 60 }, (_, index) => ({
  id: id(2000 + index),
  number: String(2_600_000_000_000 + index),
  shop: shopOf(index),
  state: (["delivered", "shipped", "paid_unshipped", "completed", "closed"] as const)[index % 5] ?? null,
  placed_at: ago(index * 9 + 30),
  amount: index % 7 === 3 ? null : { minor: 12_900 + index * 130, currency: index % 3 === 2 ? "USD" : "CNY" },
  buyer: { id: id(3000 + (index % 20)), nick: "t**1" },
  ordered_at: ago(index * 9 + 30),
  lines: Array.from({ length: 1 + (index % 3) }, () => ({ sku: "QH-001", title: titles[index % 3] ?? null, quantity: 1, price: null, product_id: id(4000 + (index % 3)) })),
  review_count: index % 3,
}));

export const buyers: BuyerRow[] = Array.from({ length: 20 }, (_, index) => ({
  id: id(3000 + index),
  shop: shopOf(index),
  nick: index === 4 ? null : "t**1",
  name: "张**",
  phone: "138****5678",
  email: "z***@qq.com",
  region: "浙江 杭州",
  order_count: 1 + (index % 5),
  review_count: index % 4,
  bad_count: index % 3,
  case_count: index % 2,
}));

export const products: ProductRow[] = Array.from({ length: 24 }, (_, index) => ({
  id: id(4000 + index),
  shop: shopOf(index),
  key: `QH-${String(index).padStart(3, "0")}`,
  title: titles[index % 3] ?? null,
  reviews: 240 - index * 9,
  bad: 31 - index,
  ratings: [12, 9, 10, 40, 169 - index * 9],
  verdicts: { good: 200, neutral: 20, bad: 11 },
  bad_rate: 1300,
  first_review_at: ago(2000),
  last_review_at: ago(index * 11 + 2),
}));

const buyer: BuyerDetail = {
  ...(buyers[1] as BuyerRow),
  orders: orders.slice(0, 3),
  reviews: data.reviews.slice(0, 3),
  cases: data.cases.slice(0, 1),
  has_address: true,
  opted_out_at: null,
  contacts: { chats: 12, calls: 2, last_at: ago(30) },
  payouts: [{ at: ago(400), kind: "refund", amount: { minor: 3_900, currency: "CNY" }, order_number: "2600000000001" }],
  notes: [{ id: id(3900), at: ago(90), author: { id: id(3), name: "林主管" }, text: "老客户，优先补发。" }],
};

/** Answers what this file knows of; `undefined` when the address is another's. */
export function thingAnswer(method: string, path: string): { status?: number; body?: unknown } | undefined {
  const [, , , kind, one, more] = path.split("/");
  const rows = { orders, buyers, products }[kind as "orders"] as { id: string }[] | undefined;
  if (!rows || !kind) return undefined;
  if (!one) return { body: { [kind]: rows, next_cursor: null, count: { value: rows.length, capped: false } } };
  if (more === "reveal") return { body: { value: "13812345678" } };
  if (more === "notes" && method === "POST") return { body: buyer };
  const row = rows.find((each) => each.id === one) ?? rows[0];
  const reviews = data.reviews.slice(0, 3);
  const cases = data.cases.slice(0, 1);
  if (kind === "buyers") return { body: { ...buyer, ...row } };
  if (kind === "orders") return { body: { ...data.reviewOf("").order, ...row, lines: data.reviewOf("").order?.lines, buyer: { ...data.reviewOf("").order?.buyer, id: id(3001) }, reviews, cases, records: beside.records } };
  const causes = [{ cause: "quality", count: 18 }, { cause: "damage_packaging", count: 9 }, { cause: "logistics", count: 4 }];
  return { body: { ...row, causes } };
}
