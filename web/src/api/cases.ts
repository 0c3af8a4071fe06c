import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { body, http } from "./client";
import { heldIn } from "./guard";
import type { Case, GuardChannel, Held } from "./types";

export function useCase(id: string) {
  return useQuery({
    queryKey: ["case", id],
    queryFn: (): Promise<Case> => body(http.GET("/api/v1/cases/{id}", { params: { path: { id } } })),
  });
}

function useCaseChange<T, Answer extends Case | Held>(id: string, change: (input: T) => Promise<Answer>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: change,
    onSuccess: (fresh) => {
      // A held text has changed nothing of the case yet.
      if (heldIn(fresh)) for (const key of ["holds", "hold-count"]) void client.invalidateQueries({ queryKey: [key] });
      else client.setQueryData(["case", id], fresh);
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

/** Notes a message that is sent elsewhere. */
export function useLogMessage(id: string) {
  return useCaseChange(id, (message: { channel: GuardChannel; text: string }) =>
    body(http.POST("/api/v1/cases/{id}/messages", { params: { path: { id } }, body: message })),
  );
}
