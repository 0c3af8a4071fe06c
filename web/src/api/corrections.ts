import { useChange } from "./change";
import { body, http } from "./client";
import type { NewCorrection } from "./types";

/** Lists, counts and cases go by corrections. */
const touched = ["review", "case", "reviews", "cases", "products", "views"];

export function useCorrect() {
  return useChange(
    ({ review, ...said }: NewCorrection & { review: string }) =>
      body(http.POST("/api/v1/reviews/{id}/corrections", { params: { path: { id: review } }, body: said })),
    ...touched,
  );
}

export function useUndoCorrection() {
  return useChange((id: string) => body(http.POST("/api/v1/corrections/{id}/undo", { params: { path: { id } } })), ...touched);
}
