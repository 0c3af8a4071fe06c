import { keepPreviousData, useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useChange } from "./change";
import { body, http } from "./client";
import type { NewRemoval, NewRemovalStep, RemovalFacts, RequestState } from "./types";

export interface CandidateFilter {
  shop?: string;
  within_days?: number;
}

/** Reviews that can be removed or could be with more evidence, those due first first. */
export function useCandidates(filter: CandidateFilter, wanted: boolean) {
  return useInfiniteQuery({
    queryKey: ["removal-candidates", filter],
    enabled: wanted,
    initialPageParam: undefined as string | undefined,
    placeholderData: keepPreviousData,
    queryFn: ({ pageParam }) => body(http.GET("/api/v1/removal-candidates", { params: { query: { ...filter, cursor: pageParam, limit: 50 } } })),
    getNextPageParam: (last) => last.next_cursor ?? undefined,
  });
}

export interface RequestFilter {
  state: RequestState[];
  shop?: string;
  ground?: string;
  from?: string;
  to?: string;
}

export function useRequests(filter: RequestFilter, wanted: boolean) {
  return useInfiniteQuery({
    queryKey: ["removals", filter],
    enabled: wanted,
    initialPageParam: undefined as string | undefined,
    placeholderData: keepPreviousData,
    queryFn: ({ pageParam }) => body(http.GET("/api/v1/removals", { params: { query: { ...filter, cursor: pageParam, limit: 50 } } })),
    getNextPageParam: (last) => last.next_cursor ?? undefined,
  });
}

export function useRequest(id: string | null) {
  return useQuery({
    queryKey: ["removal", id],
    enabled: id !== null,
    queryFn: () => body(http.GET("/api/v1/removals/{id}", { params: { path: { id: id as string } } })),
  });
}

export function useRemovalSummary(shop: string | undefined, wanted: boolean) {
  return useQuery({
    queryKey: ["removal-summary", shop ?? ""],
    enabled: wanted,
    queryFn: () => body(http.GET("/api/v1/removal-summary", { params: { query: shop ? { shop } : {} } })),
  });
}

const touched = ["removal-candidates", "removals", "removal", "removal-summary", "review", "case", "evidence"];

/** Notes that a request was filed by hand. */
export function useFileRemoval(review: string) {
  return useChange((request: NewRemoval) => body(http.POST("/api/v1/reviews/{id}/removals", { params: { path: { id: review } }, body: request })), ...touched);
}

/** Notes what became of a request. */
export function useRemovalStep(id: string) {
  return useChange((step: NewRemovalStep) => body(http.POST("/api/v1/removals/{id}/steps", { params: { path: { id } }, body: step })), ...touched);
}

/** States what no file says of a review. */
export function useStateFacts(review: string) {
  return useChange((facts: RemovalFacts) => http.PUT("/api/v1/reviews/{id}/removal-facts", { params: { path: { id: review } }, body: facts }), ...touched);
}
