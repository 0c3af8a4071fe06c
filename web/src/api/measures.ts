import { useQuery } from "@tanstack/react-query";
import { body, http } from "./client";

export function useMeasures(shop: string | null) {
  return useQuery({
    queryKey: ["measures", shop],
    enabled: shop !== null,
    queryFn: () => body(http.GET("/api/v1/shops/{id}/measures", { params: { path: { id: shop as string } } })),
  });
}
