import { useQuery } from "@tanstack/react-query";
import { body, http } from "./client";
import type { Review } from "./types";

export function useReview(id: string | null) {
  return useQuery({
    queryKey: ["review", id],
    enabled: id !== null,
    queryFn: (): Promise<Review> => body(http.GET("/api/v1/reviews/{id}", { params: { path: { id: id as string } } })) as Promise<Review>,
  });
}
