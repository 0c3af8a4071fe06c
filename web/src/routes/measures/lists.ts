import type { MeasureGroup, MeasureWindow, ServiceFigure } from "../../api/types";

type Kind = "positive" | "neutral" | "negative" | "total" | "changed" | "gone";

const verdicts: Record<Kind, readonly string[]> = { positive: ["good"], neutral: ["neutral"], negative: ["bad"], total: [], changed: [], gone: [] };
const stars: Record<Kind, readonly string[]> = { positive: ["5", "4"], neutral: ["3"], negative: ["2", "1"], total: [], changed: [], gone: [] };

/** The list of what a number of a rate counts. */
export function listOf(group: Pick<MeasureGroup, "object" | "basis">, window: Pick<MeasureWindow, "from">, kind: Kind, shop: string): string {
  const query = new URLSearchParams({ shop, object: group.object });
  if (group.basis === "verdicts") for (const verdict of verdicts[kind]) query.append("verdict", verdict);
  else for (const star of stars[kind]) query.append("rating", star);
  // What is gone counts nowhere but among what is gone.
  if (kind === "gone") query.set("changed", "deleted");
  else query.set("counted", "true");
  if (kind === "changed") query.set("changed", "revised");
  if (window.from) query.set("from", window.from);
  return `/reviews?${query.toString()}`;
}

/** The list of orders that a figure counts. */
export function ordersOf(figure: Pick<ServiceFigure, "orders" | "from" | "to">, part: "numerator" | "denominator" | "rest" | "unknown", shop: string): string | null {
  if (!figure.orders) return null;
  return `/orders?${new URLSearchParams({ shop, measure: figure.orders, part, from: figure.from, to: figure.to }).toString()}`;
}
