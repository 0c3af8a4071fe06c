import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import type { Filter } from "../filter/filter";
import type { ListName } from "../filter/spec";
import { body } from "./client";
import { soon } from "./soon";
import type { BuyerRow, CaseRow, Count, OrderRow, ProductRow, ReviewRow } from "./types";

export interface RowOf {
  reviews: ReviewRow;
  cases: CaseRow;
  orders: OrderRow;
  buyers: BuyerRow;
  products: ProductRow;
}

interface Page<L extends ListName> {
  rows: RowOf[L][];
  next_cursor: string | null;
  count: Count;
}

const pageSize = 50;

type Answer<L extends ListName> = { next_cursor: string | null; count: Count } & Record<string, RowOf[L][]>;

/** A list with its filter, page by page. Every list answers in the same shape. */
export function useList<L extends ListName>(list: L, filter: Filter) {
  return useInfiniteQuery({
    queryKey: [list, filter],
    initialPageParam: undefined as string | undefined,
    queryFn: async ({ pageParam, signal }): Promise<Page<L>> => {
      const query = { ...filter, cursor: pageParam, limit: pageSize };
      const answer = await body(soon.GET<Answer<L>>(`/api/v1/${list}`, { params: { query }, signal }));
      return { rows: answer[list] ?? [], next_cursor: answer.next_cursor, count: answer.count };
    },
    getNextPageParam: (last) => last.next_cursor ?? undefined,
    placeholderData: keepPreviousData,
  });
}

/** The ids of the first page as it is now, without changing what is shown. */
export async function firstIds(list: ListName, filter: Filter, signal: AbortSignal): Promise<string[]> {
  const query = { ...filter, limit: pageSize };
  const answer = await body(soon.GET<Answer<ListName>>(`/api/v1/${list}`, { params: { query }, signal }));
  return (answer[list] ?? []).map((row) => row.id);
}

/** How many rows a saved filter finds now. */
export async function countOf(list: ListName, saved: string, signal: AbortSignal): Promise<Count> {
  const kept = new URLSearchParams(saved);
  const query = Object.fromEntries([...new Set(kept.keys())].map((key) => [key, kept.getAll(key)]));
  return (await body(soon.GET<Answer<ListName>>(`/api/v1/${list}`, { params: { query: { ...query, limit: 1 } }, signal }))).count;
}
