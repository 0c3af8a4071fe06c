import type { ScoreFigure } from "../../api/types";

/** Further fives for a mean in hundredths, as the server says; none for a mean that is shown already, null beyond what it says. */
export function fivesFor(score: Pick<ScoreFigure, "shown" | "needed">, mean: number): number | null {
  if (Math.floor(Number(score.shown.value) * 100 + 1e-6) >= mean) return 0;
  return score.needed.find((each) => each.mean === mean)?.fives ?? null;
}

/** About what the scores add up to: the mean that is shown times its raters. */
export function sumOf(mean: string, raters: string): number {
  return Math.round(Number(mean) * Number(raters));
}
