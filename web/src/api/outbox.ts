import { keepPreviousData, useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useChange } from "./change";
import { body, http } from "./client";
import type { OutChannel, Outgoing, SetChannel } from "./types";

export interface OutboxFilter {
  state?: Outgoing["state"];
  mine?: boolean;
  messages?: boolean;
}

export function useOutbox(filter: OutboxFilter) {
  return useInfiniteQuery({
    queryKey: ["outbox", filter],
    initialPageParam: undefined as string | undefined,
    placeholderData: keepPreviousData,
    refetchInterval: 10_000,
    queryFn: ({ pageParam }) => body(http.GET("/api/v1/outbox", { params: { query: { ...filter, cursor: pageParam, limit: 50 } } })),
    getNextPageParam: (last) => last.next_cursor ?? undefined,
  });
}

/** How many are in doubt, for the counter of the rail. */
export function useDoubtCount(wanted: boolean) {
  return useQuery({
    queryKey: ["outbox", "doubt"],
    enabled: wanted,
    refetchInterval: 60_000,
    queryFn: async () => (await body(http.GET("/api/v1/outbox", { params: { query: { state: "in_doubt", limit: 1 } } }))).count,
  });
}

const moving = new Set<Outgoing["state"]>(["queued", "claimed", "handed"]);

/** What was written about a case; looked at often while something of it is on its way. */
export function useCaseOutbox(id: string) {
  return useQuery({
    queryKey: ["outbox", "case", id],
    refetchInterval: (query) => (query.state.data?.outgoing.some(({ state }) => moving.has(state)) ? 2_000 : 60_000),
    queryFn: () => body(http.GET("/api/v1/outbox", { params: { query: { case: id, limit: 50 } } })),
  });
}

export function useOutCalls(id: string, wanted: boolean) {
  return useQuery({
    queryKey: ["outbox", "calls", id],
    enabled: wanted,
    queryFn: async () => (await body(http.GET("/api/v1/outbox/{id}", { params: { path: { id } } }))).calls,
  });
}

export function useMailWay(id: string) {
  return useQuery({ queryKey: ["mail-way", id], queryFn: () => body(http.GET("/api/v1/cases/{id}/mail-way", { params: { path: { id } } })) });
}

const touched = ["outbox", "case", "holds", "hold-count"];

export interface NewMail {
  subject: string;
  text: string;
  send_at: string | null;
  key: string;
}

export function useSendMail(id: string) {
  return useChange((mail: NewMail) => body(http.POST("/api/v1/cases/{id}/outbox", { params: { path: { id } }, body: { channel: "mail", ...mail } })), ...touched);
}

export function useTouchOutgoing(to: "withdraw" | "retry") {
  return useChange((id: string) => {
    const params = { path: { id } };
    return to === "withdraw" ? body(http.POST("/api/v1/outbox/{id}/withdraw", { params })) : body(http.POST("/api/v1/outbox/{id}/retry", { params }));
  }, ...touched);
}

export function useDecideOutgoing() {
  return useChange(
    ({ id, ...decided }: { id: string; decision: "was_sent" | "send_again" | "give_up"; reason: string }) => body(http.POST("/api/v1/outbox/{id}/decide", { params: { path: { id } }, body: decided })),
    ...touched,
  );
}

export function useChannels() {
  return useQuery({ queryKey: ["channels"], queryFn: async () => (await body(http.GET("/api/v1/channels"))).channels });
}

export function useSetChannel(channel: OutChannel) {
  return useChange((set: SetChannel) => body(http.PUT("/api/v1/channels/{channel}", { params: { path: { channel } }, body: set })), "channels", "mail-way");
}

export function useDeleteChannel(channel: OutChannel) {
  return useChange(() => http.DELETE("/api/v1/channels/{channel}", { params: { path: { channel } } }), "channels", "mail-way");
}

export function useTestChannel(channel: OutChannel) {
  return useChange(() => body(http.POST("/api/v1/channels/{channel}/test", { params: { path: { channel } } })));
}
