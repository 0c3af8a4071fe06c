import type { Dayjs } from "dayjs";

/** How a deadline stands: over, near (within two hours), or with time left. */
export type Standing = "over" | "near" | "fine";

const near = 2 * 3_600_000;

export function standingOf(dueAt: string, now: Date): Standing {
  const left = Date.parse(dueAt) - now.getTime();
  return left < 0 ? "over" : left < near ? "near" : "fine";
}

/** The deadlines that are usual, as instants after `now`; what has passed today is not offered. */
export function usualDeadlines(now: Dayjs): { key: string; at: Dayjs }[] {
  const at = (days: number, hour: number) => now.add(days, "day").startOf("day").hour(hour);
  const all = [
    { key: "twoHours", at: now.add(2, "hour").startOf("minute") },
    { key: "today", at: at(0, 18) },
    { key: "tomorrowNoon", at: at(1, 12) },
    { key: "tomorrow", at: at(1, 18) },
    { key: "threeDays", at: at(3, 18) },
  ];
  return all.filter((each) => each.at.isAfter(now));
}

/** The largest unit that is left or over, for "剩 5 小时": a count and the name of its unit. */
export function spanBetween(from: Date, to: Date): { unit: "days" | "hours" | "minutes"; count: number } {
  const minutes = Math.floor(Math.abs(to.getTime() - from.getTime()) / 60_000);
  if (minutes >= 48 * 60) return { unit: "days", count: Math.floor(minutes / 1440) };
  if (minutes >= 60) return { unit: "hours", count: Math.floor(minutes / 60) };
  return { unit: "minutes", count: minutes };
}

