// @vitest-environment jsdom
import { describe, expect, it } from "vitest";
import { nextPage } from "./next";

const next = (address: string) => nextPage(new URLSearchParams({ next: address }));

describe("the page after signing in", () => {
  it("is the deep link that was asked for", () => {
    expect(next("/reviews?rating=1&rating=2&q=%E5%BC%80%E7%BA%BF")).toBe("/reviews?rating=1&rating=2&q=%E5%BC%80%E7%BA%BF");
    expect(nextPage(new URLSearchParams())).toBe("/");
  });

  it("is never another site, and never the login page again", () => {
    for (const bad of ["//evil.example/x", "https://evil.example", "/\\evil.example", "javascript:alert(1)", "\t//evil.example", "/login?next=/x"]) {
      expect(next(bad)).toBe("/");
    }
  });
});
