import { keepPreviousData, useInfiniteQuery, useMutation } from "@tanstack/react-query";
import { body } from "./client";
import { soon } from "./soon";

export interface AuditEntry {
  seq: number;
  at: string;
  actor: { kind: "user" | "token" | "command_line" | "system"; id: string | null; name: string };
  action: string;
  subject_kind: string;
  subject_id: string;
  detail: Record<string, unknown>;
  hash: string;
}

export interface AuditFilter {
  actor?: string;
  action?: string;
  subject_kind?: string;
  subject_id?: string;
  from?: string;
  to?: string;
}

export function useAudit(filter: AuditFilter) {
  return useInfiniteQuery({
    queryKey: ["audit", filter],
    initialPageParam: undefined as string | undefined,
    placeholderData: keepPreviousData,
    queryFn: ({ pageParam }) =>
      body(soon.GET<{ entries: AuditEntry[]; next_cursor: string | null }>("/api/v1/audit", { params: { query: { ...filter, cursor: pageParam, limit: 50 } } })),
    getNextPageParam: (last) => last.next_cursor ?? undefined,
  });
}

export interface AuditCheck {
  whole: boolean;
  /** Entries that are as they were written, from the first on. */
  entries: number;
  broken_at: number | null;
  how: "changed" | "missing" | "cut" | "unsigned" | null;
}

/** Walks the whole chain at the server. */
export function useCheckAudit() {
  return useMutation({ mutationFn: () => body(soon.GET<AuditCheck>("/api/v1/audit/check")) });
}
