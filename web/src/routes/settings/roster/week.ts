import dayjs, { type Dayjs } from "dayjs";
import type { NewShift, Shift } from "../../../api/types";

/** The Monday on which the week of a day begins. */
export function mondayOf(day: Dayjs): Dayjs {
  return day.startOf("day").subtract((day.day() + 6) % 7, "day");
}

/** The shifts of one person that begin on a day; absences on every day they touch. */
export function shiftsOn(shifts: readonly Shift[], person: string, day: Dayjs): Shift[] {
  const [start, end] = [day.startOf("day"), day.startOf("day").add(1, "day")];
  return shifts.filter((shift) => {
    if (shift.person.id !== person) return false;
    const from = dayjs(shift.from);
    if (shift.away) return from.isBefore(end) && dayjs(shift.to).isAfter(start);
    return !from.isBefore(start) && from.isBefore(end);
  });
}

/** The same shifts a week later, by the clock on the wall; those that are there already are left out. Absences stay. */
export function nextWeek(shifts: readonly Shift[], monday: Dayjs, later: readonly Shift[]): NewShift[] {
  const end = monday.add(7, "day");
  const has = new Set(later.map(({ person, from, to }) => `${person.id} ${dayjs(from).valueOf()} ${dayjs(to).valueOf()}`));
  return shifts
    .filter(({ away, from }) => !away && !dayjs(from).isBefore(monday) && dayjs(from).isBefore(end))
    .map(({ person, from, to }) => ({ person: person.id, from: dayjs(from).add(7, "day").toISOString(), to: dayjs(to).add(7, "day").toISOString(), away: false }))
    .filter(({ person, from, to }) => !has.has(`${person} ${dayjs(from).valueOf()} ${dayjs(to).valueOf()}`));
}

/** A shift of a day from one time of day to another; one that ends before it begins ends on the next day. */
export function shiftOf(person: string, day: Dayjs, from: Dayjs, to: Dayjs): NewShift {
  const at = (time: Dayjs) => day.startOf("day").hour(time.hour()).minute(time.minute());
  const [begin, end] = [at(from), at(to)];
  return { person, from: begin.toISOString(), to: (end.isAfter(begin) ? end : end.add(1, "day")).toISOString(), away: false };
}
