import { keepPreviousData, useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useChange } from "./change";
import { body, http } from "./client";
import type { Handover, NewHandover } from "./types";

export interface HandoverFilter {
  state?: Handover["state"];
  offered?: boolean;
}

export function useHandovers(filter: HandoverFilter) {
  return useInfiniteQuery({
    queryKey: ["handovers", filter],
    initialPageParam: undefined as string | undefined,
    placeholderData: keepPreviousData,
    refetchInterval: 60_000,
    queryFn: ({ pageParam }) => body(http.GET("/api/v1/handovers", { params: { query: { ...filter, cursor: pageParam, limit: 20 } } })),
    getNextPageParam: (last) => last.next_cursor ?? undefined,
  });
}

/** What could be handed over by somebody who is back at an instant, or by the roster. */
export function useSuggestion(until: string | undefined, wanted: boolean) {
  return useQuery({
    queryKey: ["handovers", "suggestion", until],
    enabled: wanted,
    placeholderData: keepPreviousData,
    queryFn: () => body(http.GET("/api/v1/handovers/suggestion", { params: { query: until ? { until } : {} } })),
  });
}

export function useWatches() {
  return useQuery({ queryKey: ["watches"], refetchInterval: 60_000, queryFn: () => body(http.GET("/api/v1/watches")) });
}

const touched = ["handovers", "watches", "case", "cases", "workbench"];

export function useWriteHandover() {
  return useChange((handover: NewHandover) => body(http.POST("/api/v1/handovers", { body: handover })), ...touched);
}

export function useTakeHandover() {
  return useChange((id: string) => body(http.POST("/api/v1/handovers/{id}/take", { params: { path: { id } } })), ...touched);
}

export function useWithdrawHandover() {
  return useChange((id: string) => body(http.POST("/api/v1/handovers/{id}/withdraw", { params: { path: { id } } })), ...touched);
}

export function useWatch() {
  return useChange(({ id, watches }: { id: string; watches: boolean }) => {
    const params = { path: { id } };
    return watches ? body(http.PUT("/api/v1/cases/{id}/watch", { params })) : body(http.DELETE("/api/v1/cases/{id}/watch", { params }));
  }, "watches");
}
