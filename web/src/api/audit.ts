import { keepPreviousData, useInfiniteQuery, useMutation } from "@tanstack/react-query";
import { body, http } from "./client";

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
      body(http.GET("/api/v1/audit", { params: { query: { ...filter, cursor: pageParam, limit: 50 } } })),
    getNextPageParam: (last) => last.next_cursor ?? undefined,
  });
}

/** Walks the whole chain at the server. */
export function useCheckAudit() {
  return useMutation({ mutationFn: () => body(http.GET("/api/v1/audit/check")) });
}
