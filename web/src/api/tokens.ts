import { useQuery } from "@tanstack/react-query";
import { useChange } from "./change";
import { body, http } from "./client";

export function useTokens(wanted: boolean) {
  return useQuery({ queryKey: ["tokens"], enabled: wanted, queryFn: () => body(http.GET("/api/v1/tokens")) });
}

export function useCreateToken() {
  return useChange(
    (wish: { name: string; permissions: string[]; days: number }) => body(http.POST("/api/v1/tokens", { body: wish })),
    "tokens",
  );
}

export function useDeleteToken() {
  return useChange((id: string) => http.DELETE("/api/v1/tokens/{id}", { params: { path: { id } } }), "tokens");
}
