import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { body, http } from "./client";
import { heldIn } from "./guard";
import type { components } from "./schema";
import type { Case, GuardChannel, Held, ScriptLanguage } from "./types";

type Schemas = components["schemas"];

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
      if (heldIn(fresh)) {
        for (const key of ["holds", "hold-count"]) void client.invalidateQueries({ queryKey: [key] });
        return;
      }
      const now = fresh as Case;
      client.setQueryData(["case", now.id], now);
      if (now.id !== id) void client.invalidateQueries({ queryKey: ["case", id] });
      for (const key of ["cases", "case-plan", "workbench", "promises", "case-messages", "case-scripts", "scripts"]) void client.invalidateQueries({ queryKey: [key] });
    },
    // Somebody else was quicker: show what is true now.
    onError: () => client.invalidateQueries({ queryKey: ["case", id] }),
  });
}

/** Takes (`me`), gives (a user's id) or releases (`null`) a case, if it is still at `version`. */
export function useSetOwner(id: string) {
  return useCaseChange(id, ({ owner, version, reason }: { owner: string | null; version?: number; reason?: string }) =>
    body(
      http.PUT("/api/v1/cases/{id}/owner", {
        params: { path: { id }, header: version === undefined ? {} : { "If-Match": `"${version}"` } },
        body: { owner, reason: reason ?? null },
      }),
    ),
  );
}

export function useAddNote(id: string) {
  return useCaseChange(id, (text: string) =>
    body(http.POST("/api/v1/cases/{id}/notes", { params: { path: { id } }, body: { text } })),
  );
}

/** Where a case goes: waiting for somebody, on, to an end with an outcome, or open again. */
export type CaseWish = Schemas["SetState"];

/** Moves a case, if it is still at `version`. */
export function useSetState(id: string) {
  return useCaseChange(id, ({ wish, version }: { wish: CaseWish; version: number }) =>
    body(http.PUT("/api/v1/cases/{id}/state", { params: { path: { id }, header: { "If-Match": `"${version}"` } }, body: wish })),
  );
}

/** Takes the last move back. */
export function useUndoMove(id: string) {
  return useCaseChange(id, () => body(http.POST("/api/v1/cases/{id}/undo", { params: { path: { id } } })));
}

/** Lets a case go on in another one, which is the answer. */
export function useMergeCase(id: string) {
  return useCaseChange(id, ({ into, version }: { into: string; version: number }) =>
    body(http.POST("/api/v1/cases/{id}/merge", { params: { path: { id }, header: { "If-Match": `"${version}"` } }, body: { into } })),
  );
}

/** Lets a merged case go on by itself again. */
export function useSplitCase(id: string) {
  return useCaseChange(id, () => body(http.POST("/api/v1/cases/{id}/split", { params: { path: { id } } })));
}
/** Notes a message that is sent elsewhere. */
export function useLogMessage(id: string) {
  return useCaseChange(id, (message: { channel: GuardChannel; text: string; language: ScriptLanguage; script: string | null }) =>
    body(http.POST("/api/v1/cases/{id}/messages", { params: { path: { id } }, body: message })),
  );
}

/** A case that no review asks for. */
export type CaseToOpen = Schemas["OpenCase"];

/** Opens such a case; the same key opens it once. */
export function useCreateCase() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ wish, key }: { wish: CaseToOpen; key: string }): Promise<Case> =>
      body(http.POST("/api/v1/cases", { params: { header: { "Idempotency-Key": key } }, body: wish })),
    onSuccess: (fresh) => {
      client.setQueryData(["case", fresh.id], fresh);
      for (const key of ["cases", "workbench", "summary", "orders", "buyers"]) void client.invalidateQueries({ queryKey: [key] });
    },
  });
}
