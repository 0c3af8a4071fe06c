const day = 86_400_000;

/** How far the clocks of a zone are ahead of UTC at an instant, in milliseconds. */
function ahead(instant: number, zone?: string): number {
  const parts = new Intl.DateTimeFormat("en-US", {
    timeZone: zone,
    hourCycle: "h23",
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
    second: "numeric",
  }).formatToParts(instant);
  const part = (type: string) => Number(parts.find((each) => each.type === type)?.value);
  const shown = Date.UTC(part("year"), part("month") - 1, part("day"), part("hour"), part("minute"), part("second"));
  return shown - Math.floor(instant / 1000) * 1000;
}

/**
 * The instant at which a day (`2026-11-01`) begins in a zone; with `after`, so many days later.
 * Days are counted by the calendar, so that days of 23 and 25 hours are whole days too.
 */
export function startOfDay(text: string, zone?: string, after = 0): string {
  const wall = Date.parse(`${text}T00:00:00Z`) + after * day;
  const guess = wall - ahead(wall, zone);
  // Once more from there: between the two, the clocks may have changed.
  return new Date(wall - ahead(guess, zone)).toISOString();
}

/** The day (`2026-11-01`) an instant falls on in a zone; `by` milliseconds earlier or later when given. */
export function dayOf(instant: string, zone?: string, by = 0): string {
  const at = Date.parse(instant) + by;
  if (Number.isNaN(at)) return "";
  return new Date(at + ahead(at, zone)).toISOString().slice(0, 10);
}
