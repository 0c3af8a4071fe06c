import { describe, expect, it } from "vitest";
import { excerpt } from "./excerpt";
import { formatBytes, formatCount, formatMoney } from "./number";
import { bandOf } from "./severity";
import { exactTime, relativeTime, shortTime } from "./time";

const now = new Date("2026-11-22T08:00:00Z");

describe("times", () => {
  it("speaks of the largest whole unit and never rounds up", () => {
    expect(relativeTime(new Date("2026-11-22T07:59:40Z"), now, "zh-CN")).toBe("现在");
    expect(relativeTime(new Date("2026-11-22T06:01:00Z"), now, "en-US")).toBe("1 hour ago");
    expect(relativeTime(new Date("2026-11-19T08:00:00Z"), now, "zh-CN")).toBe("3天前");
    expect(relativeTime(new Date("2026-11-22T13:30:00Z"), now, "en-US")).toBe("in 5 hours");
  });

  it("shows the exact time in the zone of the shop", () => {
    const at = new Date("2026-03-08T10:30:00Z");
    expect(exactTime(at, "en-US", "America/Los_Angeles")).toContain("03:30");
    expect(exactTime(at, "zh-CN", "Asia/Shanghai")).toContain("18:30");
    expect(exactTime(at, "zh-CN", "Asia/Shanghai")).toContain("周日");
    expect(shortTime(at, "zh-CN", "Asia/Shanghai")).toBe("03/08 18:30");
  });

  it("does not fail on a zone the browser does not know", () => {
    expect(exactTime(now, "en-US", "Mars/Olympus")).toContain("2026");
    expect(shortTime(now, "en-US", "Mars/Olympus")).toMatch(/\d\d:\d\d/);
  });
});

describe("numbers", () => {
  it("gives money the decimals of its currency", () => {
    expect(formatMoney({ minor: 12_900, currency: "CNY" }, "zh-CN")).toBe("¥129.00");
    expect(formatMoney({ minor: 1_999, currency: "USD" }, "en-US")).toBe("$19.99");
    expect(formatMoney({ minor: 1_999, currency: "USD" }, "zh-CN")).toBe("US$19.99");
    expect(formatMoney({ minor: 500, currency: "JPY" }, "en-US")).toBe("¥500");
    expect(formatMoney({ minor: 500, currency: "??" }, "en-US")).toBe("500 ??");
  });

  it("says when a count was capped", () => {
    expect(formatCount({ value: 1000, capped: true }, "en-US")).toBe("1,000+");
    expect(formatCount({ value: 999, capped: false }, "zh-CN")).toBe("999");
  });

  it("gives a size its unit", () => {
    expect(formatBytes(0, "en-US")).toBe("0 B");
    expect(formatBytes(999, "en-US")).toBe("999 B");
    expect(formatBytes(1_500, "en-US")).toBe("1.5 kB");
    expect(formatBytes(262_144_000, "en-US")).toBe("262 MB");
  });

  it("puts a severity into its band at the border", () => {
    expect([80, 79, 60, 59, 40, 39, 0].map(bandOf)).toEqual(["urgent", "high", "high", "medium", "medium", "low", "low"]);
  });
});

describe("texts", () => {
  it("cuts between characters and says so", () => {
    expect(excerpt("很好", 2)).toBe("很好");
    expect(excerpt("很\n好\t呀", 9)).toBe("很 好 呀");
    expect(excerpt("😡😡😡😡", 3)).toBe("😡😡…");
  });
});
