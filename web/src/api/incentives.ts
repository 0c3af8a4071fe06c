import { keepPreviousData, useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useChange } from "./change";
import { body, http } from "./client";
import type { Incentive, IncentiveRulesSet } from "./types";

export function useIncentives(state: Incentive["state"] | null) {
  return useInfiniteQuery({
    queryKey: ["incentives", "list", state],
    initialPageParam: undefined as string | undefined,
    placeholderData: keepPreviousData,
    queryFn: ({ pageParam }) => body(http.GET("/api/v1/incentives", { params: { query: { ...(state && { state: [state] }), cursor: pageParam, limit: 50 } } })),
    getNextPageParam: (last) => last.next_cursor ?? undefined,
  });
}

/** How many claims wait to be verified, for the workbench. */
export function useClaimedIncentives(on: boolean) {
  return useQuery({
    queryKey: ["incentives", "waiting"],
    enabled: on,
    refetchInterval: 60_000,
    queryFn: async () => (await body(http.GET("/api/v1/incentives", { params: { query: { state: ["claimed"], limit: 1 } } }))).count,
  });
}

export function useCaseIncentive(id: string) {
  return useQuery({ queryKey: ["incentives", "case", id], queryFn: () => body(http.GET("/api/v1/cases/{id}/incentive", { params: { path: { id } } })) });
}

export function useStatements(month: string) {
  return useQuery({
    queryKey: ["incentives", "month", month],
    placeholderData: keepPreviousData,
    queryFn: () => body(http.GET("/api/v1/incentive-statements", { params: { query: { month } } })),
  });
}

const touched = ["incentives", "case"];

export function useClaimIncentive(id: string) {
  return useChange((basis: Incentive["basis"]) => body(http.POST("/api/v1/cases/{id}/incentives", { params: { path: { id } }, body: { basis } })), ...touched);
}

export function useDecideIncentive(holds: boolean) {
  return useChange((id: string) => {
    const params = { path: { id } };
    return holds ? body(http.POST("/api/v1/incentives/{id}/verify", { params })) : body(http.POST("/api/v1/incentives/{id}/refuse", { params }));
  }, ...touched);
}

export function usePayStatement() {
  return useChange((paid: { month: string; person: string }) => body(http.POST("/api/v1/incentive-statements/pay", { body: paid })), ...touched);
}

export function useIncentiveRules() {
  return useQuery({ queryKey: ["incentive-rules"], queryFn: () => body(http.GET("/api/v1/incentive-rules", {})) });
}

export function useSetIncentiveRules() {
  return useChange((set: IncentiveRulesSet) => body(http.PUT("/api/v1/incentive-rules", { body: set })), "incentive-rules", "incentives");
}
