import type { Triage } from "../../api/types";
import type { Mark } from "./segments";

type Spans = Triage["causes"][number]["spans"];
type Signal = Triage["signals"][number];

function marked(spans: Spans, meaning: string): Mark[] {
  return spans.map(([start, end]) => ({ start: start ?? 0, end: end ?? 0, meaning }));
}

/** What a signal means: personal data by its kind. */
export function meaningOf(signal: Pick<Signal, "code" | "kind">): string {
  return signal.kind ? `personalData.${signal.kind}` : `signal.${signal.code}`;
}

/**
 * The marks of one part of a review, words of causes first, then words of signals. What somebody has opened comes with
 * all its words: the tone's, which are not marked otherwise, and those a cause was read from.
 */
export function marksOf(triage: Triage | null | undefined, part: "text" | "title", focus: string | null = null): Mark[] {
  if (!triage) return [];
  const causes = triage.causes.flatMap((cause) => {
    const meaning = `cause.${cause.code}`;
    const told = focus === meaning ? cause.told.filter((one) => one.in === part).map((one) => one.span) : [];
    // The words that stand for a cause are found in the text alone.
    return marked([...(part === "text" ? cause.spans : []), ...told], meaning);
  });
  const signals = triage.signals
    .filter((signal) => (signal.in || "text") === part)
    .flatMap((signal) => marked(signal.spans, meaningOf(signal)));
  const tone = `sentiment.${triage.sentiment.label}`;
  return [...causes, ...signals, ...(focus === tone && part === "text" ? marked(triage.sentiment_spans, tone) : [])];
}

/** The colour of a meaning, as a CSS value. */
export function colourOf(meaning: string): string {
  const [kind, code] = meaning.split(".");
  if (kind === "cause") return `var(--mark-${code})`;
  return kind === "sentiment" ? "var(--ant-color-text-secondary)" : "var(--mark-signal)";
}
