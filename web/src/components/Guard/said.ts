import type { GuardFinding, HoldFinding } from "../../api/types";

/** A sentence in the language of the page. */
export function inLanguage(both: { zh: string; en: string }, language: string): string {
  return language.startsWith("zh") ? both.zh : both.en;
}

/** The marks of findings in a text; the worse ones come first, so that they show where two overlap. */
export function marksOf(findings: readonly (GuardFinding | HoldFinding)[]) {
  return findings.flatMap(({ severity, spans }) => spans.map(([start, end]) => ({ start: start ?? 0, end: end ?? 0, meaning: severity })));
}
