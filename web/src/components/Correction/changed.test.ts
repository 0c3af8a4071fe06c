import { describe, expect, it } from "vitest";
import { changedIn, judgedIn } from "./changed";

const before = judgedIn({ causes: ["quality", "logistics"], primary_cause: "quality", sentiment: { label: "negative", score: -0.9 }, fault: "seller" });

describe("what a correction says", () => {
  it("is only what differs", () => {
    expect(changedIn(before, { ...before })).toBeNull();
    expect(changedIn(before, { ...before, fault: "carrier" })).toEqual({ fault: "carrier" });
    expect(changedIn(before, { ...before, sentiment: "mixed" })).toEqual({ sentiment: "mixed" });
  });

  it("puts the most important cause first, each once", () => {
    expect(changedIn(before, { ...before, primary: "logistics", others: ["quality", "logistics"] })).toEqual({ causes: ["logistics", "quality"] });
  });

  it("may say that it complains of nothing", () => {
    expect(changedIn(before, { ...before, primary: null })).toEqual({ causes: [] });
  });
});
