import { keepPreviousData, useInfiniteQuery, useMutation, useQuery } from "@tanstack/react-query";
import { useChange } from "./change";
import { body, http } from "./client";
import type { GuardCheck, GuardSeverity, Held, Hold } from "./types";

/** Asks what the guard says of a text; nothing when there is too little to say. */
export function useGuardCheck(ask: GuardCheck | null) {
  return useQuery({
    queryKey: ["guard", ask],
    enabled: ask !== null,
    staleTime: 60_000,
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) => body(http.POST("/api/v1/guard/check", { body: ask ?? { text: "" }, signal })),
  });
}

export function useMarkAlarm() {
  return useMutation({ mutationFn: (ask: GuardCheck) => body(http.POST("/api/v1/guard/alarms", { body: ask })) });
}

/** What came of a text: kept, or waiting for a second person. */
export function heldIn(answer: object | undefined): Hold | null {
  return answer && "hold" in answer ? (answer as Held).hold : null;
}

export interface HoldFilter {
  state?: Hold["state"];
  case?: string;
  mine?: boolean;
}

export function useHolds(filter: HoldFilter, wanted = true) {
  return useInfiniteQuery({
    queryKey: ["holds", filter],
    enabled: wanted,
    initialPageParam: undefined as string | undefined,
    placeholderData: keepPreviousData,
    queryFn: ({ pageParam }) => body(http.GET("/api/v1/guard/holds", { params: { query: { ...filter, cursor: pageParam, limit: 50 } } })),
    getNextPageParam: (last) => last.next_cursor ?? undefined,
  });
}

/** How many texts wait, for the counter of the rail. */
export function useHoldCount(wanted: boolean) {
  return useQuery({
    queryKey: ["hold-count"],
    enabled: wanted,
    refetchInterval: 60_000,
    queryFn: async () => (await body(http.GET("/api/v1/guard/holds", { params: { query: { state: "waiting", limit: 1 } } }))).count,
  });
}

const touched = ["holds", "hold-count", "case", "case-tasks", "tasks", "buyers"];

export function useDecideHold(to: "release" | "refuse") {
  return useChange(({ id, reason }: { id: string; reason: string }) => {
    const ask = { params: { path: { id } }, body: { reason } };
    return to === "release" ? body(http.POST("/api/v1/guard/holds/{id}/release", ask)) : body(http.POST("/api/v1/guard/holds/{id}/refuse", ask));
  }, ...touched);
}

/** Several at once; what became of each. */
export function useDecideHolds() {
  return useChange((decided: { ids: string[]; release: boolean; reason: string }) => body(http.POST("/api/v1/guard/holds/decide", { body: decided })), ...touched, "outbox");
}

export function useGuardRules(shop: string | undefined) {
  return useQuery({
    queryKey: ["guard-rules", shop],
    queryFn: async () => (await body(http.GET("/api/v1/guard/rules", { params: { query: shop ? { shop } : {} } }))).rules,
  });
}

export function useSetGuardRule() {
  return useChange((set: { shop: string; rule: string; severity: GuardSeverity | null; switched_on: boolean }) => body(http.PUT("/api/v1/guard/rules", { body: set })), "guard-rules", "guard");
}

export interface ChatFilter {
  shop?: string;
  from?: string;
  to?: string;
  agent?: string;
}

export function useChatReport(filter: ChatFilter) {
  return useQuery({
    queryKey: ["chat-report", filter],
    placeholderData: keepPreviousData,
    queryFn: async () => (await body(http.GET("/api/v1/chat-checks/report", { params: { query: filter } }))).days,
  });
}

export function useWrongMessages(filter: ChatFilter) {
  return useInfiniteQuery({
    queryKey: ["chat-wrong", filter],
    initialPageParam: undefined as string | undefined,
    placeholderData: keepPreviousData,
    queryFn: ({ pageParam }) => body(http.GET("/api/v1/chat-checks", { params: { query: { ...filter, cursor: pageParam, limit: 50 } } })),
    getNextPageParam: (last) => last.next_cursor ?? undefined,
  });
}

export function useConversation(message: string | null) {
  return useQuery({
    queryKey: ["conversation", message],
    enabled: message !== null,
    queryFn: async () => (await body(http.GET("/api/v1/chat-checks/{id}", { params: { path: { id: message ?? "" } } }))).turns,
  });
}
