import type { Review, Triage } from "../../api/types";

/** The words of a review that speak of a cause, each once. */
export function wordsOf(review: Pick<Review, "text" | "title">, cause: Triage["causes"][number]): string[] {
  const cut = (text: string | null | undefined, spans: readonly (readonly number[])[]) => {
    const scalars = Array.from(text ?? "");
    return spans.map(([start, end]) => scalars.slice(start, end).join("").trim());
  };
  const inTitle = cause.in === "title";
  const words = [
    ...cut(inTitle ? review.title : review.text, cause.spans),
    ...(inTitle ? [] : cut(review.title, cause.title_spans ?? [])),
  ];
  return [...new Set(words)].filter((word) => word !== "");
}
