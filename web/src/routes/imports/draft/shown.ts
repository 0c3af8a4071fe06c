import { exactTime } from "../../../format/time";

const instant = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?Z$/u;

/** A stored value as people read it: instants in the zone of the shop, the rest as it is. */
export function shown(value: string | undefined, language: string, zone?: string): string {
  if (value === undefined) return "";
  return instant.test(value) ? exactTime(new Date(value), language, zone) : value;
}
