import { useQuery } from "@tanstack/react-query";
import { useChange } from "./change";
import { body, http } from "./client";

/** The backups there are; while one is being made, asked for again until it is there. */
export function useBackups(wanted: boolean) {
  return useQuery({
    queryKey: ["backups"],
    enabled: wanted,
    queryFn: () => body(http.GET("/api/v1/backups")),
    refetchInterval: ({ state }) => (state.data?.running ? 1_500 : false),
  });
}

/** Begins a backup; it is made beside the work of everybody else. */
export function useMakeBackup() {
  return useChange(() => body(http.POST("/api/v1/backups")), "backups");
}
