import { beforeEach, describe, expect, it } from "vitest";
import { forgetOldDrafts, keepDraft, readDraft } from "./draft";

const month = 30 * 86_400_000;

function shelf(full = false) {
  const held = new Map<string, string>();
  return {
    held,
    get length() {
      return held.size;
    },
    key: (index: number) => [...held.keys()][index] ?? null,
    getItem: (key: string) => held.get(key) ?? null,
    setItem: (key: string, value: string) => {
      if (full) throw new Error("QuotaExceededError");
      held.set(key, value);
    },
    removeItem: (key: string) => void held.delete(key),
  };
}

describe("a draft", () => {
  let desk = shelf();
  beforeEach(() => {
    desk = shelf();
  });

  it("is there again, each under its own name, until it is saved", () => {
    keepDraft(desk, "li.note.1", "周二回电\n“好的”", 0);
    keepDraft(desk, "li.note.2", "x", 0);
    expect(readDraft(desk, "li.note.1")).toBe("周二回电\n“好的”");
    expect(readDraft(desk, "wang.note.1")).toBe("");
    keepDraft(desk, "li.note.1", "", 1);
    expect(readDraft(desk, "li.note.1")).toBe("");
    expect(readDraft(desk, "li.note.2")).toBe("x");
  });

  it("goes after a month, and nothing else with it", () => {
    desk.held.set("pingxin.theme", "dark");
    desk.held.set("pingxin.draft.broken", "no json");
    keepDraft(desk, "old", "a", 0);
    keepDraft(desk, "new", "b", month);
    forgetOldDrafts(desk, month + 1);
    expect([...desk.held.keys()]).toEqual(["pingxin.theme", "pingxin.draft.new"]);
  });

  it("does not stop somebody who writes where nothing more can be kept", () => {
    expect(() => keepDraft(shelf(true), "a", "text", 0)).not.toThrow();
  });
});
