import { keepPreviousData, useMutation, useQuery } from "@tanstack/react-query";
import { useChange } from "./change";
import { body, http } from "./client";
import type { GuardChannel, ScriptFilter, ScriptLanguage, ScriptWrite } from "./types";

/** The library, and every variable that the program knows. */
export function useScripts(filter: ScriptFilter) {
  return useQuery({
    queryKey: ["scripts", filter],
    placeholderData: keepPreviousData,
    queryFn: () => body(http.GET("/api/v1/scripts", { params: { query: filter } })),
  });
}

const touched = ["scripts", "case-scripts"];

/** Keeps a script: a new one, or a new version of one. */
export function useSaveScript(id: string | null) {
  return useChange((write: ScriptWrite) => {
    if (id === null) return body(http.POST("/api/v1/scripts", { body: write }));
    return body(http.PUT("/api/v1/scripts/{id}", { params: { path: { id } }, body: write }));
  }, ...touched, "script-versions");
}

export function useScriptVersions(id: string | null) {
  return useQuery({
    queryKey: ["script-versions", id],
    enabled: id !== null,
    queryFn: async () => (await body(http.GET("/api/v1/scripts/{id}/versions", { params: { path: { id: id ?? "" } } }))).versions,
  });
}

export function useRestoreScript(id: string) {
  return useChange((version: number) => body(http.POST("/api/v1/scripts/{id}/restore", { params: { path: { id } }, body: { version } })), ...touched, "script-versions");
}

export function useDecideScript(id: string) {
  return useChange((decision: { version: number; passes: boolean; reason: string }) => body(http.POST("/api/v1/scripts/{id}/decision", { params: { path: { id } }, body: decision })), ...touched, "script-versions");
}

export function useArchiveScript() {
  return useChange(({ id, archived }: { id: string; archived: boolean }) => body(http.PUT("/api/v1/scripts/{id}/archived", { params: { path: { id } }, body: { archived } })), ...touched);
}

export function useMarkScript() {
  return useChange((mark: { key: string; favourite: boolean }) => body(http.PUT("/api/v1/scripts/favourites", { body: mark })), ...touched);
}

export function useScriptUses(key: string) {
  return useQuery({
    queryKey: ["script-uses", key],
    queryFn: async () => (await body(http.GET("/api/v1/scripts/uses", { params: { query: { key } } }))).uses,
  });
}

/** What fits a case by a way and in a language; worked out by the server where they are not given. */
export function useCaseScripts(id: string, channel: GuardChannel | null, language: ScriptLanguage | null) {
  return useQuery({
    queryKey: ["case-scripts", id, channel, language],
    placeholderData: keepPreviousData,
    queryFn: () => body(http.GET("/api/v1/cases/{id}/scripts", { params: { path: { id }, query: { ...(channel && { channel }), ...(language && { language }) } } })),
  });
}

export function useFillScript(id: string) {
  return useMutation({
    mutationFn: (fill: { key: string; language: ScriptLanguage; values: Record<string, string> }) => body(http.POST("/api/v1/cases/{id}/scripts/fill", { params: { path: { id } }, body: fill })),
  });
}

/** The messages that were copied in a case: claimed, or confirmed by a chat log. */
export function useCaseMessages(id: string) {
  return useQuery({
    queryKey: ["case-messages", id],
    refetchInterval: 60_000,
    queryFn: async () => (await body(http.GET("/api/v1/cases/{id}/messages", { params: { path: { id } } }))).messages,
  });
}
