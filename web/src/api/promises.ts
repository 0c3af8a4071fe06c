import { keepPreviousData, useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useChange } from "./change";
import { body, http } from "./client";
import type { Promised } from "./types";

export interface PromiseFilter {
  state?: Promised["state"];
  mine?: boolean;
  due_before?: string;
}

export function usePromises(filter: PromiseFilter) {
  return useInfiniteQuery({
    queryKey: ["promises", filter],
    initialPageParam: undefined as string | undefined,
    placeholderData: keepPreviousData,
    queryFn: ({ pageParam }) => body(http.GET("/api/v1/promises", { params: { query: { ...filter, cursor: pageParam, limit: 50 } } })),
    getNextPageParam: (last) => last.next_cursor ?? undefined,
  });
}

/** How many there are, for the workbench. */
export function usePromiseCount(state: Promised["state"]) {
  return useQuery({
    queryKey: ["promises", "count", state],
    refetchInterval: 60_000,
    queryFn: async () => (await body(http.GET("/api/v1/promises", { params: { query: { state, limit: 1 } } }))).count,
  });
}

export function useCasePromises(id: string) {
  return useQuery({
    queryKey: ["promises", "case", id],
    refetchInterval: 60_000,
    queryFn: () => body(http.GET("/api/v1/promises", { params: { query: { case: id, limit: 100 } } })),
  });
}

const touched = ["promises", "case"];

export function useAddPromise(id: string) {
  return useChange((promise: { text: string; due_at: string | null }) => body(http.POST("/api/v1/cases/{id}/promises", { params: { path: { id } }, body: promise })), ...touched);
}

export function useEndPromise(to: "keep" | "withdraw") {
  return useChange((id: string) => {
    const params = { path: { id } };
    return to === "keep" ? body(http.POST("/api/v1/promises/{id}/keep", { params })) : body(http.POST("/api/v1/promises/{id}/withdraw", { params }));
  }, ...touched);
}
