import type { TFunction } from "i18next";
import { exactTime } from "../../../format/time";

const instant = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:Z|[+-]\d{2}:\d{2})$/u;

/** Where the words of a field's codes stand. */
const words: Record<string, string> = {
  object: "object",
  verdict: "verdict",
  order_state: "orderState",
  shipment_state: "shipmentState",
  after_sale_kind: "afterSaleKind",
  after_sale_state: "afterSaleState",
  call_direction: "callDirection",
  call_result: "callResult",
  figure_name: "figureName",
};

/** A stored value as people read it: instants in the zone of the shop, codes as words, the rest as it is. */
export function shown(field: string, value: string | undefined, t: TFunction, language: string, zone?: string): string {
  if (value === undefined) return "";
  if (instant.test(value)) return exactTime(new Date(value), language, zone);
  const group = words[field];
  return group ? t(`${group}.${value}`, { defaultValue: value }) : value;
}
