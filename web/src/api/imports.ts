import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { body, http } from "./client";
import type { components } from "./schema";
import type { Import, Platform } from "./types";

/** How a file is to be read; nothing said leaves it to the machine. */
export interface Reading {
  /** A profile by its name. */
  profile: string | null;
  encoding: string | null;
  /** `text=评价内容,created:dmy=日期,rating=`, where the guess is to be overruled. */
  map: string | null;
}

export const asGuessed: Reading = { profile: null, encoding: null, map: null };

/** What a person chose on the import form for one file. */
export interface ImportChoice {
  file: File;
  shopId: string | null;
  newShop: { name: string; platform: Platform } | null;
  reading: Reading;
  dryRun: boolean;
  /** Keep the file as a draft and read nothing in yet. */
  hold: boolean;
}

export function isRunning(state: Import["state"]): boolean {
  return state === "queued" || state === "running" || state === "undoing";
}

export function formOf(choice: ImportChoice): FormData {
  const form = new FormData();
  if (choice.newShop) {
    form.set("shop_name", choice.newShop.name);
    form.set("platform", choice.newShop.platform);
  } else if (choice.shopId) {
    form.set("shop_id", choice.shopId);
  }
  for (const [key, said] of Object.entries(choice.reading)) if (said) form.set(key, said);
  if (choice.hold) form.set("hold", "true");
  else form.set("dry_run", String(choice.dryRun));
  // The file goes last, so that the server knows everything else before the bytes come.
  form.set("file", choice.file, choice.file.name);
  return form;
}

export function useUpload() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (choice: ImportChoice) =>
      body(
        http.POST("/api/v1/imports", {
          body: formOf(choice) as unknown as components["schemas"]["NewImport"],
          bodySerializer: (form) => form as unknown as FormData,
        }),
      ),
    onSuccess: (started) => {
      client.setQueryData(["import", started.id], started);
      void client.invalidateQueries({ queryKey: ["imports"] });
      void client.invalidateQueries({ queryKey: ["shops"] });
    },
  });
}

/** One import, asked for twice a second while it runs. */
export function useImport(id: string | undefined) {
  const client = useQueryClient();
  const query = useQuery({
    queryKey: ["import", id],
    enabled: id !== undefined,
    queryFn: () => body(http.GET("/api/v1/imports/{id}", { params: { path: { id: id as string } } })),
    refetchInterval: ({ state }) => (state.data && isRunning(state.data.state) ? 500 : false),
  });
  const state = query.data?.state;
  useEffect(() => {
    if (state === undefined || state === "draft" || isRunning(state)) return;
    for (const key of ["imports", "reviews", "review", "cases", "case", "records", "figures", "summary", "shops"]) {
      void client.invalidateQueries({ queryKey: [key] });
    }
  }, [client, state]);
  return query;
}

export function useImports() {
  return useInfiniteQuery({
    queryKey: ["imports"],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam }) =>
      body(http.GET("/api/v1/imports", { params: { query: { cursor: pageParam, limit: 20 } } })),
    getNextPageParam: (last) => last.next_cursor ?? undefined,
    refetchInterval: ({ state }) =>
      state.data?.pages.some((page) => page.imports.some((each) => isRunning(each.state))) ? 1000 : false,
  });
}

export function useFailures(id: string, wanted: boolean) {
  return useInfiniteQuery({
    queryKey: ["failures", id],
    enabled: wanted,
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam }) =>
      body(
        http.GET("/api/v1/imports/{id}/failures", {
          params: { path: { id }, query: { cursor: pageParam, limit: 100 } },
        }),
      ),
    getNextPageParam: (last) => last.next_cursor ?? undefined,
  });
}

export function useCancelImport() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => body(http.DELETE("/api/v1/imports/{id}", { params: { path: { id } } })),
    onSuccess: (now) => {
      client.setQueryData(["import", now.id], now);
      void client.invalidateQueries({ queryKey: ["imports"] });
    },
  });
}
