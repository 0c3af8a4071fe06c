import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { body, http } from "./client";
import type { Case } from "./types";

export function useCase(id: string) {
  return useQuery({
    queryKey: ["case", id],
    queryFn: (): Promise<Case> => body(http.GET("/api/v1/cases/{id}", { params: { path: { id } } })),
  });
}

function useCaseChange<T>(id: string, change: (input: T) => Promise<Case>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: change,
    onSuccess: (fresh) => {
      client.setQueryData(["case", id], fresh);
      void client.invalidateQueries({ queryKey: ["cases"] });
    },
    // Somebody else was quicker: show what is true now.
    onError: () => client.invalidateQueries({ queryKey: ["case", id] }),
  });
}

/** Takes (`me`), gives (a user's id) or releases (`null`) a case, if it is still at `version`. */
export function useSetOwner(id: string) {
  return useCaseChange(id, ({ owner, version }: { owner: string | null; version: number }) =>
    body(
      http.PUT("/api/v1/cases/{id}/owner", {
        params: { path: { id }, header: { "If-Match": `"${version}"` } },
        body: { owner },
      }),
    ),
  );
}

export function useAddNote(id: string) {
  return useCaseChange(id, (text: string) =>
    body(http.POST("/api/v1/cases/{id}/notes", { params: { path: { id } }, body: { text } })),
  );
}
