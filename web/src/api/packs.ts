import { useQuery } from "@tanstack/react-query";
import { useChange } from "./change";
import { body, http } from "./client";

export function usePacks() {
  return useQuery({ queryKey: ["packs"], queryFn: () => body(http.GET("/api/v1/packs")) });
}

export function usePack(id: string, on: string | null) {
  return useQuery({
    queryKey: ["pack", id, on],
    queryFn: () => body(http.GET("/api/v1/packs/{pack}", { params: { path: { pack: id }, query: on ? { on } : {} } })),
  });
}

export function usePackChanges(id: string, before: string | null, after: string | null) {
  return useQuery({
    queryKey: ["pack-changes", id, before, after],
    enabled: before !== null && after !== null,
    queryFn: () => body(http.GET("/api/v1/packs/{pack}/changes", { params: { path: { pack: id }, query: { before: before as string, after: after as string } } })),
  });
}

/** Reads the folder of packs again. */
export function useReloadPacks() {
  return useChange(() => body(http.POST("/api/v1/packs/reload")), "packs", "pack", "pack-changes", "review", "case");
}
