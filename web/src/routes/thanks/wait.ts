/** A length of time in the unit that says it best, rounded down; less than an hour counts as one minute at least. */
export function waitOf(seconds: number): { unit: "minutes" | "hours" | "days"; count: number } {
  if (seconds < 3600) return { unit: "minutes", count: Math.max(1, Math.floor(seconds / 60)) };
  if (seconds < 2 * 86_400) return { unit: "hours", count: Math.floor(seconds / 3600) };
  return { unit: "days", count: Math.floor(seconds / 86_400) };
}
