import { useMutation, useQueryClient } from "@tanstack/react-query";
import { body, http } from "./client";
import type { BulkResult, BulkWish } from "./types";

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
  return useBulkCall((wish: BulkWish) => body(http.POST("/api/v1/bulk", { body: wish })));
}

/** Takes an action back on the rows that nobody changed since. */
export function useUndoBulk() {
  return useBulkCall((id: string) => body(http.POST("/api/v1/bulk/{id}/undo", { params: { path: { id } } })));
}
