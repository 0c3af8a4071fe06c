import type { Review } from "../../api/types";

type Span = number[];

/** The words of a text at some places, each once. */
export function wordsAt(text: string, spans: readonly Span[]): string[] {
  const scalars = Array.from(text);
  const words = spans.map(([start, end]) => scalars.slice(start, end).join("").trim());
  return [...new Set(words)].filter((word) => word !== "");
}

/** The words of a part of a review. */
export function wordsIn(review: Pick<Review, "text" | "title">, part: string, spans: readonly Span[]): string[] {
  return wordsAt(part === "title" ? (review.title ?? "") : review.text, spans);
}
