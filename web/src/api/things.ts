import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { body } from "./client";
import type { CaseRecords, CaseRow, Cause, Money, Order, ReviewRow, ShopRef } from "./types";
import { soon } from "./soon";

interface Line {
  sku: string | null;
  title: string | null;
  quantity: number;
  price: Money | null;
  product_id: string | null;
}

/** An order, as a list shows it. */
export interface OrderRow {
  id: string;
  number: string;
  shop: ShopRef;
  state: Order["state"];
  ordered_at: string;
  placed_at: string | null;
  amount: Money | null;
  buyer: { id: string; nick: string | null } | null;
  lines: Line[];
  review_count: number;
}

/** A buyer, masked, as a list shows him. */
export interface BuyerRow {
  id: string;
  shop: ShopRef;
  nick: string | null;
  name: string | null;
  phone: string | null;
  email: string | null;
  region: string | null;
  order_count: number;
  review_count: number;
  bad_count: number;
  case_count: number;
}

/** A product with its figures, as a list shows it. */
export interface ProductRow {
  id: string;
  shop: ShopRef;
  key: string | null;
  title: string | null;
  reviews: number;
  /** From one star to five. */
  ratings: number[];
  verdicts: { good: number; neutral: number; bad: number };
  bad: number;
  bad_rate: number;
  first_review_at: string;
  last_review_at: string;
}

export interface ProductDetail extends ProductRow {
  causes: { cause: Cause; count: number }[];
}

export interface Note {
  id: string;
  at: string;
  author: { id: string; name: string } | null;
  text: string;
}

export interface OrderDetail extends Order {
  shop: ShopRef;
  ordered_at: string;
  lines: Line[];
  buyer: (NonNullable<Order["buyer"]> & { id?: string | null }) | null;
  reviews: ReviewRow[];
  cases: CaseRow[];
  records: CaseRecords;
}

export interface BuyerDetail extends BuyerRow {
  has_address: boolean;
  orders: OrderRow[];
  reviews: ReviewRow[];
  cases: CaseRow[];
  contacts: { chats: number; calls: number; last_at: string | null };
  payouts: { at: string | null; kind: string | null; amount: Money; order_number: string | null }[];
  notes: Note[];
}

export interface DetailOf {
  orders: OrderDetail;
  buyers: BuyerDetail;
  products: ProductDetail;
}

/** An order, buyer or product in full. */
export function useThing<K extends keyof DetailOf>(kind: K, id: string) {
  return useQuery({
    queryKey: [kind, "one", id],
    queryFn: () => body(soon.GET<DetailOf[K]>(`/api/v1/${kind}/{id}`, { params: { path: { id } } })),
  });
}

export const contactFields = ["nick", "name", "phone", "email", "address"] as const;
export type ContactField = (typeof contactFields)[number];

/** One field of a buyer's contact in full. Each call is an entry of the audit; nothing of the answer is kept. */
export function useReveal(id: string) {
  return useMutation({
    gcTime: 0,
    mutationFn: (field: ContactField) => body(soon.POST<{ value: string | null }>("/api/v1/buyers/{id}/reveal", { params: { path: { id } }, body: { field } })),
  });
}

export function useAddBuyerNote(id: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (text: string) => body(soon.POST<BuyerDetail>("/api/v1/buyers/{id}/notes", { params: { path: { id } }, body: { text } })),
    onSuccess: (buyer) => client.setQueryData(["buyers", "one", id], buyer),
  });
}
