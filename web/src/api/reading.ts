import { useQuery } from "@tanstack/react-query";
import { useChange } from "./change";
import { body, http } from "./client";
import type { ShopWord } from "./types";

/** How reviews are read; while a training runs, asked for again until it has ended. */
export function useReading(wanted: boolean) {
  return useQuery({
    queryKey: ["reading"],
    enabled: wanted,
    queryFn: () => body(http.GET("/api/v1/reading")),
    refetchInterval: ({ state }) => (state.data?.running ? 1_500 : false),
  });
}

/** Has the models trained, beside the work of everybody else. */
export function useTrain() {
  return useChange(() => body(http.POST("/api/v1/reading/trainings")), "reading");
}

export function useUseModel() {
  return useChange((name: string) => body(http.PUT("/api/v1/reading/model", { body: { name } })), "reading");
}

export function useShopWords(shop: string | null) {
  return useQuery({
    queryKey: ["shop-words", shop],
    enabled: shop !== null,
    queryFn: () => body(http.GET("/api/v1/shops/{id}/words", { params: { path: { id: shop as string } } })),
  });
}

export function useSetShopWords() {
  return useChange(
    ({ shop, words }: { shop: string; words: ShopWord[] }) => body(http.PUT("/api/v1/shops/{id}/words", { params: { path: { id: shop } }, body: { words } })),
    "shop-words", "review", "case",
  );
}
