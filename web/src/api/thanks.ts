import { keepPreviousData, useInfiniteQuery, useMutation, useQuery } from "@tanstack/react-query";
import { useChange } from "./change";
import { body, http } from "./client";

const key = "thanks";

/** The good reviews that wait for an answer; with `complains` those in which a complaint was read. */
export function usePraise(shop: string | null, complains: boolean) {
  return useInfiniteQuery({
    queryKey: [key, "waiting", shop, complains],
    initialPageParam: undefined as string | undefined,
    placeholderData: keepPreviousData,
    queryFn: ({ pageParam }) => body(http.GET("/api/v1/thanks", { params: { query: { ...(shop && { shop }), complains, cursor: pageParam, limit: 50 } } })),
    getNextPageParam: (last) => last.next_cursor ?? undefined,
  });
}

/** What was answered, the newest first. */
export function useThanks(shop: string | null) {
  return useInfiniteQuery({
    queryKey: [key, "written", shop],
    initialPageParam: undefined as string | undefined,
    placeholderData: keepPreviousData,
    queryFn: ({ pageParam }) => body(http.GET("/api/v1/thanks/written", { params: { query: { ...(shop && { shop }), cursor: pageParam, limit: 50 } } })),
    getNextPageParam: (last) => last.next_cursor ?? undefined,
  });
}

export function useThanksCoverage() {
  return useQuery({ queryKey: [key, "coverage"], queryFn: () => body(http.GET("/api/v1/thanks/coverage")) });
}

export function useProposeThanks() {
  return useMutation({ mutationFn: (reviews: string[]) => body(http.POST("/api/v1/thanks/proposals", { body: { reviews } })) });
}

export interface ThanksAnswer {
  review: string;
  text: string;
  script: string | null;
}

export function useWriteThanks() {
  return useChange((answers: ThanksAnswer[]) => body(http.POST("/api/v1/thanks", { body: { answers } })), key);
}

export function useTakeThanksBack() {
  return useChange((id: string) => body(http.DELETE("/api/v1/reviews/{id}/thanks", { params: { path: { id } } })), key);
}

export function useOpenCase() {
  return useChange((id: string) => body(http.POST("/api/v1/reviews/{id}/case", { params: { path: { id } } })), key, "cases", "reviews");
}
