import { useQuery } from "@tanstack/react-query";
import { body, http } from "./client";

export function useMeasures(shop: string | null) {
  return useQuery({
    queryKey: ["measures", shop],
    enabled: shop !== null,
    queryFn: () => body(http.GET("/api/v1/shops/{id}/measures", { params: { path: { id: shop as string } } })),
  });
}

/** What each window showed over the last year. */
export function useMeasureHistory(shop: string) {
  return useQuery({
    queryKey: ["measures", shop, "history"],
    queryFn: () => body(http.GET("/api/v1/shops/{id}/measures/history", { params: { path: { id: shop } } })),
  });
}

/** The messages behind a rate of late answers; none is asked for without days. */
export function useLateMessages(shop: string, days: number | null) {
  return useQuery({
    queryKey: ["measures", shop, "late", days],
    enabled: days !== null,
    queryFn: () => body(http.GET("/api/v1/shops/{id}/late-messages", { params: { path: { id: shop }, query: { days: days as number } } })),
  });
}
