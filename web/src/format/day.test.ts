import { describe, expect, it } from "vitest";
import { startOfDay } from "./day";

describe("startOfDay", () => {
  it("is midnight of the shop, not of the reader", () => {
    expect(startOfDay("2026-11-01", "Asia/Shanghai")).toBe("2026-10-31T16:00:00.000Z");
    expect(startOfDay("2026-12-01", "America/Los_Angeles")).toBe("2026-12-01T08:00:00.000Z");
    expect(startOfDay("2026-07-01", "Asia/Kathmandu")).toBe("2026-06-30T18:15:00.000Z");
  });

  it("holds on days when the clocks change", () => {
    expect(startOfDay("2026-03-08", "America/Los_Angeles")).toBe("2026-03-08T08:00:00.000Z");
    expect(startOfDay("2026-03-08", "America/Los_Angeles", 1)).toBe("2026-03-09T07:00:00.000Z");
    expect(startOfDay("2026-11-01", "America/Los_Angeles")).toBe("2026-11-01T07:00:00.000Z");
    expect(startOfDay("2026-11-01", "America/Los_Angeles", 1)).toBe("2026-11-02T08:00:00.000Z");
  });
});
