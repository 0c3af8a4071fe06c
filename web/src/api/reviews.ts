import { keepPreviousData, useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { body, http } from "./client";
import type { paths } from "./schema";

type ReviewQuery = NonNullable<paths["/api/v1/reviews"]["get"]["parameters"]["query"]>;

const pageSize = 50;

export function useReviews(query: ReviewQuery) {
  return useInfiniteQuery({
    queryKey: ["reviews", query],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam, signal }) =>
      body(http.GET("/api/v1/reviews", { params: { query: { ...query, cursor: pageParam, limit: pageSize } }, signal })),
    getNextPageParam: (last) => last.next_cursor ?? undefined,
    placeholderData: keepPreviousData,
  });
}

export function useReview(id: string | null) {
  return useQuery({
    queryKey: ["review", id],
    enabled: id !== null,
    queryFn: () => body(http.GET("/api/v1/reviews/{id}", { params: { path: { id: id as string } } })),
  });
}
