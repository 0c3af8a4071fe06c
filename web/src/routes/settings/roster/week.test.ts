import dayjs from "dayjs";
import { describe, expect, it } from "vitest";
import type { Shift } from "../../../api/types";
import { mondayOf, nextWeek, shiftOf, shiftsOn } from "./week";

const shift = (from: string, to: string, away = false): Shift => ({ id: from, person: { id: "a", name: "A" }, from: dayjs(from).toISOString(), to: dayjs(to).toISOString(), away });

describe("a roster by weeks", () => {
  it("begins on Monday", () => {
    expect(mondayOf(dayjs("2026-11-29T20:00")).format("YYYY-MM-DD")).toBe("2026-11-23");
    expect(mondayOf(dayjs("2026-11-30T00:00")).format("YYYY-MM-DD")).toBe("2026-11-30");
  });

  it("shows a night shift on the day it begins and an absence on each of its days", () => {
    const shifts = [shift("2026-11-30T22:00", "2026-12-01T06:00"), shift("2026-12-01T00:00", "2026-12-03T00:00", true)];
    const many = (day: string) => shiftsOn(shifts, "a", dayjs(day)).length;
    expect([many("2026-11-30"), many("2026-12-01"), many("2026-12-02"), many("2026-12-03")]).toEqual([1, 1, 1, 0]);
    expect(shiftsOn(shifts, "b", dayjs("2026-11-30"))).toEqual([]);
  });

  it("is copied into the next week once, without absences", () => {
    const monday = dayjs("2026-11-30");
    const shifts = [shift("2026-11-30T09:00", "2026-11-30T17:00"), shift("2026-12-01T00:00", "2026-12-03T00:00", true)];
    const copied = nextWeek(shifts, monday, []);
    expect(copied.map(({ from }) => dayjs(from).format("MM-DD HH:mm"))).toEqual(["12-07 09:00"]);
    expect(nextWeek(shifts, monday, [shift("2026-12-07T09:00", "2026-12-07T17:00")])).toEqual([]);
  });

  it("ends a night shift on the next day", () => {
    const night = shiftOf("a", dayjs("2026-11-30"), dayjs("2026-01-01T22:00"), dayjs("2026-01-01T06:00"));
    expect([dayjs(night.from).format("MM-DD HH:mm"), dayjs(night.to).format("MM-DD HH:mm")]).toEqual(["11-30 22:00", "12-01 06:00"]);
  });
});
