import { describe, expect, it } from "vitest";
import { readSpans, spansText } from "./spans";

describe("working hours as they are typed", () => {
  it("are read with Chinese and English signs and written back", () => {
    const read = readSpans("9:00–12:00，13：30 到 24:00");
    expect(read).toEqual([{ from: 540, to: 720 }, { from: 810, to: 1440 }]);
    expect(spansText(read ?? [])).toBe("09:00-12:00, 13:30-24:00");
    expect(readSpans("  ")).toEqual([]);
  });

  it.each(["9-12", "12:00-09:00", "09:00-25:00", "09:60-10:00", "09:00-12:00, 11:00-13:00", "09:00"])("refuses %s", (text) => {
    expect(readSpans(text)).toBeNull();
  });
});
