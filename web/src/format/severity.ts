export type Band = "urgent" | "high" | "medium" | "low";

/** The band of a severity from 0 to 100. */
export function bandOf(severity: number): Band {
  if (severity >= 80) return "urgent";
  if (severity >= 60) return "high";
  if (severity >= 40) return "medium";
  return "low";
}
