import { useQuery } from "@tanstack/react-query";
import { body } from "./client";
import type { BuyerRow, OrderRow, ProductRow } from "./things";
import type { CaseRow, ReviewRow } from "./types";
import { soon } from "./soon";

export interface Found {
  cases: CaseRow[];
  reviews: ReviewRow[];
  orders: OrderRow[];
  buyers: BuyerRow[];
  products: ProductRow[];
}

export type FoundKind = keyof Found;

/** Searches everything, or these kinds, for a text, an order number, a nick, a product or `#12`. */
export function useSearch(words: string, kinds?: FoundKind[]) {
  const q = words.trim();
  return useQuery({
    queryKey: ["search", q, kinds],
    enabled: q !== "",
    staleTime: 5_000,
    queryFn: async ({ signal }): Promise<Found> => {
      const query = kinds ? { q, kinds } : { q };
      const found = await body(soon.GET<Partial<Found>>("/api/v1/search", { params: { query }, signal }));
      return { cases: [], reviews: [], orders: [], buyers: [], products: [], ...found };
    },
  });
}
