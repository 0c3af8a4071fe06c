import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { body, http } from "./client";

/** What undoing an import would do; asked for anew each time somebody wants to know. */
export function useImportUndo(id: string, wanted: boolean) {
  return useQuery({
    queryKey: ["undo", id],
    enabled: wanted,
    staleTime: 0,
    gcTime: 0,
    queryFn: () => body(http.GET("/api/v1/imports/{id}/undo", { params: { path: { id } } })),
  });
}

export function useUndoImport(id: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => body(http.POST("/api/v1/imports/{id}/undo", { params: { path: { id } } })),
    onSuccess: (now) => {
      client.setQueryData(["import", now.id], now);
      void client.invalidateQueries({ queryKey: ["imports"] });
    },
  });
}

/** The failed rows of an import as a file, with the file's own headers. */
export function useFailedRows(id: string) {
  return useMutation({
    mutationFn: async (): Promise<Blob> => {
      const { data } = await http.GET("/api/v1/imports/{id}/failed-rows.csv", { params: { path: { id } }, parseAs: "blob" });
      return data as unknown as Blob;
    },
  });
}
