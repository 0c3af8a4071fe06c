import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useMemo } from "react";
import { useChange } from "./change";
import { body, http } from "./client";
import { useMay } from "./session";
import type { NewShop, Shop } from "./types";

const noShops: Shop[] = [];

export function useShops(): { shops: Shop[]; isPending: boolean; error: unknown; refetch: () => void } {
  const { data, isPending, error, refetch } = useQuery({
    queryKey: ["shops"],
    enabled: useMay("review.read"),
    queryFn: () => body(http.GET("/api/v1/shops")),
  });
  return { shops: data?.shops ?? noShops, isPending, error, refetch };
}

/** The time zone of each shop, so that exact times are shown as the shop sees them. */
export function useZoneOf(): (shopId: string) => string | undefined {
  const { shops } = useShops();
  return useMemo(() => {
    const zones = new Map(shops.map((shop) => [shop.id, shop.timezone]));
    return (shopId) => zones.get(shopId);
  }, [shops]);
}

/** The zone that all of these shops share (all shops there are, when none is named); none when they differ. */
export function useCommonZone(ids: readonly string[] | undefined): string | undefined {
  const { shops } = useShops();
  const zones = new Set(shops.filter((shop) => !ids || ids.includes(shop.id)).map((shop) => shop.timezone));
  return zones.size === 1 ? [...zones][0] : undefined;
}

export function useCreateShop() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (shop: NewShop) => body(http.POST("/api/v1/shops", { body: shop })),
    onSuccess: () => client.invalidateQueries({ queryKey: ["shops"] }),
  });
}

export function useChangeShop() {
  return useChange(({ id, ...change }: { id: string; name?: string; timezone?: string; folk_models?: boolean }) => http.PATCH("/api/v1/shops/{id}", { params: { path: { id } }, body: change }), "shops", "measures");
}

/** Counters of the rail. */
export function useSummary() {
  return useQuery({
    queryKey: ["summary"],
    enabled: useMay("review.read"),
    queryFn: () => body(http.GET("/api/v1/summary")),
    refetchInterval: 30_000,
  });
}
