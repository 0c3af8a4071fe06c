import type { Review, Triage } from "../../api/types";

/** The words of a review that speak of a cause, each once. */
export function wordsOf(review: Pick<Review, "text">, cause: Triage["causes"][number]): string[] {
  const scalars = Array.from(review.text);
  const words = cause.spans.map(([start, end]) => scalars.slice(start, end).join("").trim());
  return [...new Set(words)].filter((word) => word !== "");
}
