import { useQuery } from "@tanstack/react-query";
import { body, http } from "./client";

/** The numbers of the start page; days are those of the reader. */
export function useWorkbench() {
  const timezone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  return useQuery({
    queryKey: ["workbench", timezone],
    refetchInterval: 60_000,
    queryFn: () => body(http.GET("/api/v1/workbench", { params: { query: { timezone } } })),
  });
}
