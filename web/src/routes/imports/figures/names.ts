import type { TFunction } from "i18next";

/** Names of figures that are known; any other is kept as it is typed. */
export const figureNames = [
  "experience_score", "reply_rate_3min", "quality_refund_rate", "dsr_description", "dsr_service", "dsr_logistics", "dsr_ratings",
  "positive_feedback_30", "positive_feedback_90", "positive_feedback_365", "positive_feedback_lifetime",
  "order_defect_rate", "late_shipment_rate", "ncx_rate",
] as const;

/** The name of a figure as people say it. */
export function figureName(name: string, t: TFunction): string {
  return t(`figureName.${name}`, { defaultValue: name });
}

/** The code of a figure that was chosen by its name, or the name as it was typed. */
export function figureCode(typed: string, t: TFunction): string {
  const name = typed.trim();
  return figureNames.find((each) => t(`figureName.${each}`) === name) ?? name;
}
