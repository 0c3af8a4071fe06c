import { describe, expect, it } from "vitest";
import { eitherDate, monthDay } from "./dates";

describe("a date that reads two ways", () => {
  it("is found among the cells and read both ways", () => {
    expect(eitherDate(["", "25/11/2026", "10/11/2026 08:30"])).toEqual({ text: "10/11/2026", dmy: { month: 11, day: 10 }, mdy: { month: 10, day: 11 } });
    expect(eitherDate(["3.4.26"])?.dmy).toEqual({ month: 4, day: 3 });
  });

  it("is not one that can only be read one way, or the same way twice", () => {
    expect(eitherDate(["25/11/2026", "11/25/2026", "11/11/2026", "2026-10-11", "0/3/2026", "很好"])).toBeNull();
  });

  it("is said as people say it", () => {
    expect(monthDay({ month: 10, day: 11 }, "zh-CN")).toBe("10月11日");
    expect(monthDay({ month: 2, day: 29 }, "en-US")).toBe("February 29");
  });
});
