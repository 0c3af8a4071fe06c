import { describe, expect, it } from "vitest";
import type { CalendarDay } from "../../../api/types";
import { datesOf, dayName, isWorked, spansOf } from "./spans";

const day = (date: string, more: Partial<CalendarDay> = {}): CalendarDay => ({ date, kind: "holiday", name: "国庆节", own: false, ...more });

describe("days in a row", () => {
  it("are one line while they are alike", () => {
    const spans = spansOf([day("2026-10-02"), day("2026-10-01"), day("2026-10-03"), day("2026-10-10", { kind: "workday", name: "国庆节调休" })]);
    expect(spans.map(({ from, to, days }) => [from, to, days])).toEqual([["2026-10-01", "2026-10-03", 3], ["2026-10-10", "2026-10-10", 1]]);
    expect(datesOf(spans[0] as never)).toEqual(["2026-10-01", "2026-10-02", "2026-10-03"]);
  });

  it("are not, when one was put in by hand or a day lies between", () => {
    expect(spansOf([day("2026-10-01"), day("2026-10-02", { own: true })])).toHaveLength(2);
    expect(spansOf([day("2026-10-01"), day("2026-10-03")])).toHaveLength(2);
  });

  it("run over the end of a month", () => {
    expect(spansOf([day("2026-02-28"), day("2026-03-01")])).toHaveLength(1);
  });
});

describe("a day of work", () => {
  const days = new Map([["2026-10-01", day("2026-10-01")], ["2026-10-10", day("2026-10-10", { kind: "workday" })]]);
  it("is what the calendar says before what the weekday says", () => {
    expect(isWorked("2026-10-01", days)).toBe(false);
    expect(isWorked("2026-10-10", days)).toBe(true);
    expect(isWorked("2026-10-11", days)).toBe(false);
    expect(isWorked("2026-10-12", days)).toBe(true);
  });
});

describe("the name of a day", () => {
  it("is the same in every zone", () => {
    expect(dayName("2026-10-01", "en-US")).toBe("Oct 1 Thu");
  });
});
