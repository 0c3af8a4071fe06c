import { describe, expect, it } from "vitest";
import { span } from "./span";

describe("a stretch of time", () => {
  it("names its day once", () => {
    expect(span("2026-11-30T03:00:00Z", "2026-11-30T05:00:00Z", "zh-CN", "Asia/Shanghai")).toBe("11/30 11:00–13:00");
  });

  it("names both days where it crosses midnight", () => {
    expect(span("2026-11-30T03:00:00Z", "2026-11-30T16:30:00Z", "zh-CN", "Asia/Shanghai")).toBe("11/30 11:00–12/01 00:30");
  });
});
