import type { CalendarDay } from "../../../api/types";

/** Days in a row that are alike, as one line of the list. */
export interface Span extends Omit<CalendarDay, "date"> {
  from: string;
  to: string;
  days: number;
}

const day = 86_400_000;

function follows(before: string, after: string): boolean {
  return Date.parse(`${after}T00:00:00Z`) - Date.parse(`${before}T00:00:00Z`) === day;
}

/** Puts days in a row of one kind, name and origin together: seven days of a holiday are one line. */
export function spansOf(days: readonly CalendarDay[]): Span[] {
  const spans: Span[] = [];
  for (const { date, kind, name, own } of [...days].sort((a, b) => a.date.localeCompare(b.date))) {
    const last = spans.at(-1);
    if (last && last.kind === kind && last.name === name && last.own === own && follows(last.to, date)) {
      last.to = date;
      last.days += 1;
    } else spans.push({ from: date, to: date, days: 1, kind, name, own });
  }
  return spans;
}

/** Every day of a span. */
export function datesOf({ from, days }: Span): string[] {
  const first = Date.parse(`${from}T00:00:00Z`);
  return Array.from({ length: days }, (_, index) => new Date(first + index * day).toISOString().slice(0, 10));
}

/** Whether the team works on a day: what the calendar says, else what the weekday says. */
export function isWorked(date: string, days: ReadonlyMap<string, CalendarDay>): boolean {
  const said = days.get(date);
  if (said) return said.kind === "workday";
  const weekday = new Date(`${date}T00:00:00Z`).getUTCDay();
  return weekday !== 0 && weekday !== 6;
}

/** "10月1日 周四": a day of the calendar, which knows no zone. */
export function dayName(date: string, language: string): string {
  const part = (style: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(language, { ...style, timeZone: "UTC" }).format(new Date(`${date}T00:00:00Z`));
  return `${part({ month: "short", day: "numeric" })} ${part({ weekday: "short" })}`;
}
