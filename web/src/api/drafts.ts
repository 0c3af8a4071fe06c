import { keepPreviousData, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { body, http } from "./client";
import type { Reading } from "./imports";
import type { Import, ImportPreview } from "./types";

export function previewDraft(id: string, reading: Reading): Promise<ImportPreview> {
  return body(http.POST("/api/v1/imports/{id}/preview", { params: { path: { id } }, body: reading }));
}

/** A draft as it would be read; while another reading is worked out, the one before stays. */
export function usePreview(id: string, reading: Reading) {
  return useQuery({
    queryKey: ["preview", id, reading],
    staleTime: Number.POSITIVE_INFINITY,
    placeholderData: keepPreviousData,
    queryFn: () => previewDraft(id, reading),
  });
}

export interface Start {
  id: string;
  reading: Reading;
  dryRun: boolean;
  /** Keeps the columns under this name for next time. */
  saveAs: string | null;
}

/** Reads a draft in. */
export function useStartDraft() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ id, reading, dryRun, saveAs }: Start): Promise<Import> =>
      body(
        http.POST("/api/v1/imports/{id}/start", {
          params: { path: { id } },
          body: { ...reading, dry_run: dryRun, save_profile: saveAs },
        }),
      ),
    onSuccess: (started, { saveAs }) => {
      client.setQueryData(["import", started.id], started);
      void client.invalidateQueries({ queryKey: ["imports"] });
      if (saveAs) void client.invalidateQueries({ queryKey: ["profiles"] });
    },
  });
}
