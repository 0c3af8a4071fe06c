import { keepPreviousData, useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useChange } from "./change";
import { body, http } from "./client";
import type { Compensation, CompensationDecision, CompensationRulesSet, NewCompensation } from "./types";

export interface CompensationFilter {
  state?: Compensation["state"][];
  month?: string;
  waiting?: boolean;
}

export function useCompensations(filter: CompensationFilter) {
  return useInfiniteQuery({
    queryKey: ["compensations", "list", filter],
    initialPageParam: undefined as string | undefined,
    placeholderData: keepPreviousData,
    queryFn: ({ pageParam }) => body(http.GET("/api/v1/compensations", { params: { query: { ...filter, cursor: pageParam, limit: 50 } } })),
    getNextPageParam: (last) => last.next_cursor ?? undefined,
  });
}

/** How many wait for whoever is signed in, for the workbench. */
export function useWaitingCompensations(on: boolean) {
  return useQuery({
    queryKey: ["compensations", "waiting"],
    enabled: on,
    refetchInterval: 60_000,
    queryFn: async () => (await body(http.GET("/api/v1/compensations", { params: { query: { waiting: true, limit: 1 } } }))).count,
  });
}

export function useCompensation(id: string) {
  return useQuery({ queryKey: ["compensations", "one", id], queryFn: () => body(http.GET("/api/v1/compensations/{id}", { params: { path: { id } } })) });
}

export function useCaseCompensation(id: string) {
  return useQuery({ queryKey: ["compensations", "case", id], queryFn: () => body(http.GET("/api/v1/cases/{id}/compensation", { params: { path: { id } } })) });
}

export function useCompensationReport(from: string, to: string) {
  return useQuery({
    queryKey: ["compensations", "report", from, to],
    placeholderData: keepPreviousData,
    queryFn: () => body(http.GET("/api/v1/compensation-report", { params: { query: { from, to } } })),
  });
}

const touched = ["compensations", "case"];

export function useAskCompensation(id: string) {
  return useChange((asked: NewCompensation) => body(http.POST("/api/v1/cases/{id}/compensations", { params: { path: { id } }, body: asked })), ...touched);
}

export interface Deciding {
  ids: string[];
  decision: CompensationDecision;
  note: string | null;
}

export function useDecideCompensations() {
  return useChange((asked: Deciding) => body(http.POST("/api/v1/compensations/decide", { body: { ...asked, preview: false } })), ...touched);
}

/** What would become of each. */
export function usePreview({ ids, decision }: Omit<Deciding, "note">) {
  return useQuery({
    queryKey: ["compensation-preview", decision, ids],
    gcTime: 0,
    queryFn: () => body(http.POST("/api/v1/compensations/decide", { body: { ids, decision, note: null, preview: true } })),
  });
}

export function useDecideCompensation(id: string) {
  return useChange((asked: { decision: CompensationDecision; note: string | null }) => body(http.POST("/api/v1/compensations/{id}/decide", { params: { path: { id } }, body: asked })), ...touched);
}

export function useCompensationRules() {
  return useQuery({ queryKey: ["compensation-rules"], queryFn: () => body(http.GET("/api/v1/compensation-rules", {})) });
}

export function useSetCompensationRules() {
  return useChange((set: CompensationRulesSet) => body(http.PUT("/api/v1/compensation-rules", { body: set })), "compensation-rules", "case-plan");
}
