import { useMutation, useQueryClient } from "@tanstack/react-query";
import { body } from "./client";
import { soon } from "./soon";

export type BulkAction =
  | { kind: "tag" | "untag"; tag: string }
  | { kind: "assign"; owner: string | null }
  | { kind: "mark_gone" | "unmark_gone" };

export interface BulkWish {
  list: "reviews" | "cases";
  /** The chosen rows, or the whole of a filter. */
  ids?: string[];
  query?: string;
  action: BulkAction;
}

export interface BulkRow {
  id: string;
  ok: boolean;
  problem: { code: string; detail: string } | null;
}

/** What became of each row. */
export interface BulkResult {
  id: string;
  done: number;
  failed: number;
  results: BulkRow[];
}

/** As many rows as one action takes when they are the whole of a filter. */
export const mostRows = 5000;

function useBulkCall<T>(call: (input: T) => Promise<BulkResult>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: call,
    onSettled: () => {
      for (const key of ["reviews", "cases", "review", "case", "views", "tags", "summary"]) void client.invalidateQueries({ queryKey: [key] });
    },
  });
}

export function useBulk() {
  return useBulkCall((wish: BulkWish) => body(soon.POST<BulkResult>("/api/v1/bulk", { body: wish })));
}

/** Takes an action back on the rows that nobody changed since. */
export function useUndoBulk() {
  return useBulkCall((id: string) => body(soon.POST<BulkResult>("/api/v1/bulk/{id}/undo", { params: { path: { id } } })));
}
