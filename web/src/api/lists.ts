import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import type { Filter } from "../filter/filter";
import type { ListName } from "../filter/spec";
import { body, http } from "./client";
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
type Get = <L extends ListName>(path: string, init: { params: { query: object }; signal: AbortSignal }) => Promise<{ data?: Answer<L> }>;

/** One page of any list: the generated types know each address, but not that all of them answer in one shape. */
async function pageOf<L extends ListName>(list: L, query: object, signal: AbortSignal): Promise<Page<L>> {
  const answer = await body((http.GET as unknown as Get)<L>(`/api/v1/${list}`, { params: { query }, signal }));
  return { rows: answer[list] ?? [], next_cursor: answer.next_cursor, count: answer.count };
}

/** A list with its filter, page by page. Every list answers in the same shape. */
export function useList<L extends ListName>(list: L, filter: Filter) {
  return useInfiniteQuery({
    queryKey: [list, filter],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam, signal }) => pageOf(list, { ...filter, cursor: pageParam, limit: pageSize }, signal),
    getNextPageParam: (last) => last.next_cursor ?? undefined,
    placeholderData: keepPreviousData,
  });
}

/** The ids of the first page as it is now, without changing what is shown. */
export async function firstIds(list: ListName, filter: Filter, signal: AbortSignal): Promise<string[]> {
  return (await pageOf(list, { ...filter, limit: pageSize }, signal)).rows.map((row) => row.id);
}
