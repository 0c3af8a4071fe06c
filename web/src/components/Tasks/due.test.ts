import dayjs from "dayjs";
import { describe, expect, it } from "vitest";
import { spanBetween, standingOf, usualDeadlines } from "./due";

const now = new Date("2026-11-29T08:00:00Z");

describe("a deadline", () => {
  it("is over, near, or has time", () => {
    expect(standingOf("2026-11-29T07:59:00Z", now)).toBe("over");
    expect(standingOf("2026-11-29T09:59:00Z", now)).toBe("near");
    expect(standingOf("2026-11-29T10:01:00Z", now)).toBe("fine");
  });

  it("is told in the largest unit", () => {
    expect(spanBetween(now, new Date("2026-11-29T13:10:00Z"))).toEqual({ unit: "hours", count: 5 });
    expect(spanBetween(now, new Date("2026-11-26T07:00:00Z"))).toEqual({ unit: "days", count: 3 });
    expect(spanBetween(now, new Date("2026-11-30T09:00:00Z"))).toEqual({ unit: "hours", count: 25 });
    expect(spanBetween(now, new Date("2026-11-29T08:00:30Z"))).toEqual({ unit: "minutes", count: 0 });
  });
});

describe("the usual deadlines", () => {
  it("leave out what has passed today", () => {
    expect(usualDeadlines(dayjs("2026-11-29T10:00:00")).map(({ key }) => key)).toContain("today");
    expect(usualDeadlines(dayjs("2026-11-29T19:00:00")).map(({ key }) => key)).not.toContain("today");
  });
});
