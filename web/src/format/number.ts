import type { Count, Money } from "../api/types";

export function formatNumber(value: number, language: string): string {
  return new Intl.NumberFormat(language).format(value);
}

/** "1,000+" when the count was capped. */
export function formatCount(count: Count, language: string): string {
  return formatNumber(count.value, language) + (count.capped ? "+" : "");
}

/** Money from minor units, with its currency and as many decimals as the currency has. */
export function formatMoney(money: Money, language: string): string {
  try {
    const format = new Intl.NumberFormat(language, { style: "currency", currency: money.currency });
    const decimals = format.resolvedOptions().maximumFractionDigits ?? 2;
    return format.format(money.minor / 10 ** decimals);
  } catch {
    // A code no currency has: never guess its decimals.
    return `${formatNumber(money.minor, language)} ${money.currency}`;
  }
}

const units = ["B", "kB", "MB", "GB"] as const;

export function formatBytes(bytes: number, language: string): string {
  let value = bytes;
  let unit = 0;
  while (value >= 1000 && unit < units.length - 1) {
    value /= 1000;
    unit += 1;
  }
  const digits = unit > 0 && value < 100 ? 1 : 0;
  return `${new Intl.NumberFormat(language, { maximumFractionDigits: digits }).format(value)} ${units[unit]}`;
}

/** A part of a whole in percent, with one decimal; "–" where there is no whole. */
export function formatShare(part: number, whole: number, language: string): string {
  if (whole === 0) return "–";
  return new Intl.NumberFormat(language, { style: "percent", maximumFractionDigits: 1 }).format(part / whole);
}
