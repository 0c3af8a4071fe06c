import { describe, expect, it } from "vitest";
import { wantedIn } from "./pasted";

describe("what is looked for after pasting", () => {
  it("is what was copied, without what nobody sees", () => {
    expect(wantedIn("\u200b8190000000000001\ufeff ")).toBe("8190000000000001");
    expect(wantedIn("  订单编号：\t3300000000012  ")).toBe("订单编号： 3300000000012");
    expect(wantedIn("小鹿\r\n\r\n  在吗\n")).toBe("小鹿\n在吗");
  });

  it("is nothing where nothing was copied", () => {
    expect(wantedIn(" \n\u200b\0")).toBeNull();
  });

  it("is no more than can be asked for", () => {
    expect(Array.from(wantedIn("😡".repeat(5000)) ?? "")).toHaveLength(1000);
    expect(wantedIn("行\n".repeat(90))?.split("\n")).toHaveLength(20);
  });
});
