const steps: [Intl.RelativeTimeFormatUnit, number][] = [
  ["year", 365 * 86_400],
  ["month", 30 * 86_400],
  ["week", 7 * 86_400],
  ["day", 86_400],
  ["hour", 3_600],
  ["minute", 60],
];

/** "3 天前", "in 2 hours": the largest whole unit between `at` and `now`. */
export function relativeTime(at: Date, now: Date, language: string): string {
  const seconds = (at.getTime() - now.getTime()) / 1000;
  const words = new Intl.RelativeTimeFormat(language, { numeric: "auto" });
  for (const [unit, size] of steps) {
    if (Math.abs(seconds) >= size) return words.format(Math.trunc(seconds / size), unit);
  }
  return words.format(0, "second");
}

/** The exact time in the zone of the shop, weekday included. An unknown zone falls back to the reader's own. */
export function exactTime(at: Date, language: string, zone?: string): string {
  const style: Intl.DateTimeFormatOptions = {
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    weekday: "short",
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
  };
  try {
    return new Intl.DateTimeFormat(language, { ...style, timeZone: zone }).format(at);
  } catch {
    return new Intl.DateTimeFormat(language, style).format(at);
  }
}

/** Month, day, hour and minute in the zone of the shop, for the stations of an order. */
export function shortTime(at: Date, language: string, zone?: string): string {
  const style: Intl.DateTimeFormatOptions = {
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
  };
  const short = (format: Intl.DateTimeFormat) => format.format(at).replace(", ", " ");
  try {
    return short(new Intl.DateTimeFormat(language, { ...style, timeZone: zone }));
  } catch {
    return short(new Intl.DateTimeFormat(language, style));
  }
}
