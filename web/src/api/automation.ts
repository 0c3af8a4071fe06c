import { keepPreviousData, useInfiniteQuery, useMutation, useQuery } from "@tanstack/react-query";
import { useChange } from "./change";
import { body, http } from "./client";
import { useMay } from "./session";
import type { AutomationRule, MacroBody } from "./types";

const key = "automation";

/** The rules in their order. */
export function useRules() {
  return useQuery({ queryKey: [key, "rules"], queryFn: () => body(http.GET("/api/v1/automation-rules")) });
}

export function useCreateRule() {
  return useChange((rule: AutomationRule) => body(http.POST("/api/v1/automation-rules", { body: rule })), key);
}

export function useChangeRule() {
  return useChange(
    ({ id, version, rule }: { id: string; version: number; rule: AutomationRule }) => body(http.PUT("/api/v1/automation-rules/{id}", { params: { path: { id } }, body: { ...rule, version } })),
    key,
  );
}

export function useDeleteRule() {
  return useChange((id: string) => body(http.DELETE("/api/v1/automation-rules/{id}", { params: { path: { id } } })), key);
}

export function useRestoreRule() {
  return useChange((id: string) => body(http.POST("/api/v1/automation-rules/{id}/restore", { params: { path: { id } } })), key);
}

export function useOrderRules() {
  return useChange((rules: string[]) => body(http.PUT("/api/v1/automation-order", { body: { rules } })), key);
}

/** What a rule would have done in the last 30 days; changes nothing. */
export function useTryRule() {
  return useMutation({ mutationFn: (rule: AutomationRule) => body(http.POST("/api/v1/automation-trials", { body: rule })) });
}

export interface RunsOf {
  rule?: string;
  outcome?: "ran" | "held_back" | "failed";
}

/** What rules did, the newest first. */
export function useRuns(filter: RunsOf) {
  return useInfiniteQuery({
    queryKey: [key, "runs", filter],
    initialPageParam: undefined as string | undefined,
    placeholderData: keepPreviousData,
    queryFn: ({ pageParam }) => body(http.GET("/api/v1/automation-runs", { params: { query: { ...filter, cursor: pageParam, limit: 50 } } })),
    getNextPageParam: (last) => last.next_cursor ?? undefined,
  });
}

/** The macros that one can run. */
export function useMacros() {
  const wanted = useMay("case.read");
  return useQuery({ queryKey: [key, "macros"], enabled: wanted, staleTime: 60_000, queryFn: () => body(http.GET("/api/v1/macros")) });
}

export function useSaveMacro() {
  return useChange(
    ({ id, macro }: { id: string | null; macro: MacroBody }) => id === null
      ? body(http.POST("/api/v1/macros", { body: macro }))
      : body(http.PUT("/api/v1/macros/{id}", { params: { path: { id } }, body: macro })),
    key,
  );
}

export function useDeleteMacro() {
  return useChange((id: string) => body(http.DELETE("/api/v1/macros/{id}", { params: { path: { id } } })), key);
}

export function useRestoreMacro() {
  return useChange((id: string) => body(http.POST("/api/v1/macros/{id}/restore", { params: { path: { id } } })), key);
}

/** Products that a rule can name: the first 200. */
export function useProductNames() {
  return useQuery({
    queryKey: [key, "products"],
    staleTime: 60_000,
    queryFn: async () => (await body(http.GET("/api/v1/products", { params: { query: { limit: 200 } } }))).products.map(({ id, title, key: own }) => ({ value: id, label: title ?? own ?? id })),
  });
}
