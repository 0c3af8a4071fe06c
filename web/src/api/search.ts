import { useQuery } from "@tanstack/react-query";
import { body, http } from "./client";
import type { Found } from "./types";

export type FoundKind = keyof Found;

/** Searches everything, or these kinds, for a text, an order number, a nick, a product or `#12`. */
export function useSearch(words: string, kinds?: FoundKind[]) {
  const q = words.trim();
  return useQuery({
    queryKey: ["search", q, kinds],
    enabled: q !== "",
    staleTime: 5_000,
    queryFn: ({ signal }) => body(http.GET("/api/v1/search", { params: { query: kinds ? { q, kinds } : { q } }, signal })),
  });
}
