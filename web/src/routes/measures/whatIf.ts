import type { MeasureGroup } from "../../api/types";

/** A whole percent, rounded half up from the exact fraction, as the server counts it; null without a whole. */
export function percentOf(part: number, total: number): number | null {
  return total > 0 ? Math.floor((200 * part + total) / (2 * total)) : null;
}

/** What would be shown with so many more positives and without these ratings. */
export function percentIf(count: { positive: number; total: number }, more: number, without: number): number | null {
  return percentOf(count.positive + more, Math.max(0, count.total - without) + more);
}

/** Positives needed for a percent, as the server says. */
export function neededFor(group: MeasureGroup, percent: number): number | null {
  return group.needed.find((each) => each.percent === percent)?.positives ?? null;
}
