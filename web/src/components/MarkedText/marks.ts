import type { Triage } from "../../api/types";
import type { Mark } from "./segments";

/** The marks of one part of a review, words of causes first, then words of signals. */
export function marksOf(triage: Triage | null | undefined, part: "text" | "title"): Mark[] {
  if (!triage) return [];
  // The words of causes are found in the text alone.
  const causes = (part === "text" ? triage.causes : []).flatMap((cause) =>
    cause.spans.map(([start, end]) => ({ start: start ?? 0, end: end ?? 0, meaning: `cause.${cause.code}` })),
  );
  const signals = triage.signals
    .filter((signal) => (signal.in || "text") === part)
    .flatMap((signal) => signal.spans.map(([start, end]) => ({ start: start ?? 0, end: end ?? 0, meaning: `signal.${signal.code}` })));
  return [...causes, ...signals];
}

/** The colour of a meaning, as a CSS value. */
export function colourOf(meaning: string): string {
  const [kind, code] = meaning.split(".");
  return kind === "cause" ? `var(--mark-${code})` : "var(--mark-signal)";
}
