import { exactTime, shortTime } from "./time";

const day = (at: Date, language: string, zone?: string) => shortTime(at, language, zone).split(" ")[0];

/** "11-30 11:00–13:00", or with both days where it does not end on the day it begins. */
export function span(from: string, to: string, language: string, zone?: string): string {
  const [start, end] = [new Date(from), new Date(to)];
  const first = shortTime(start, language, zone);
  const last = shortTime(end, language, zone);
  return `${first}–${day(start, language, zone) === day(end, language, zone) ? (last.split(" ").pop() ?? last) : last}`;
}

/** The clock time and the weekday, for a moment that is close. */
export function moment(at: string, language: string, zone?: string): string {
  return exactTime(new Date(at), language, zone);
}
