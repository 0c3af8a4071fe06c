import { describe, expect, it } from "vitest";
import { codeOnly, codesFile, spaced } from "./code";

describe("a code", () => {
  it("may be typed as apps show it", () => {
    expect(codeOnly(" 123 456 ")).toBe("123456");
    expect(codeOnly("１２３４５６")).toBe("123456");
    expect(codeOnly("abcd-efgh")).toBe("abcd-efgh");
  });
});

describe("a secret", () => {
  it("is shown in groups of four and no letter is lost", () => {
    expect(spaced("JBSWY3DPEHPK3PXP")).toBe("JBSW Y3DP EHPK 3PXP");
    expect(spaced("ABCDE")).toBe("ABCD E");
  });
});

describe("the file of recovery codes", () => {
  it("has one code a line", () => {
    expect(codesFile("评心", ["a", "b"])).toBe("评心\r\n\r\na\r\nb\r\n");
  });
});
