import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useChange } from "./change";
import { body, http } from "./client";
import type { NewShift, SetShopClocks } from "./types";

/** When a shop's team works, and how long things may take there. */
export function useShopClocks(shop: string | undefined) {
  return useQuery({
    queryKey: ["clocks", shop],
    enabled: shop !== undefined,
    queryFn: () => body(http.GET("/api/v1/shops/{id}/clocks", { params: { path: { id: shop ?? "" } } })),
  });
}

export function useSetShopClocks() {
  return useChange(
    ({ shop, ...set }: SetShopClocks & { shop: string }) => body(http.PUT("/api/v1/shops/{id}/clocks", { params: { path: { id: shop } }, body: set })),
    "clocks",
    "plan",
  );
}

/** Who is on duty between two instants, and who is away. */
export function useRoster(from: string, to: string) {
  return useQuery({
    queryKey: ["roster", from, to],
    placeholderData: keepPreviousData,
    queryFn: () => body(http.GET("/api/v1/shifts", { params: { query: { from, to } } })),
  });
}

export function useAddShifts() {
  return useChange((shifts: NewShift[]) => body(http.POST("/api/v1/shifts", { body: { shifts } })), "roster");
}

export function useDeleteShift() {
  return useChange((id: string) => http.DELETE("/api/v1/shifts/{id}", { params: { path: { id } } }), "roster");
}
