import i18next, { type TFunction } from "i18next";
import { beforeAll, describe, expect, it } from "vitest";
import type { Case, CaseEvent } from "../../api/types";
import english from "../../i18n/en-US";
import chinese from "../../i18n/zh-CN";
import { reasonOf } from "./reason";
import { noteOf, toldOf } from "./told";

let zh: TFunction;
let en: TFunction;
beforeAll(async () => {
  await i18next.init({ lng: "zh-CN", interpolation: { escapeValue: false }, resources: { "zh-CN": { translation: chinese }, "en-US": { translation: english } } });
  zh = i18next.getFixedT("zh-CN");
  en = i18next.getFixedT("en-US");
});

const event = (kind: CaseEvent["kind"], body: object, actor: CaseEvent["actor"] = null): CaseEvent => ({ seq: 1, at: "2026-11-22T00:00:00Z", kind, actor, body: body as CaseEvent["body"] });

describe("what happened to a case", () => {
  it("names who took it", () => {
    expect(toldOf(event("assigned", { owner: { id: "1", name: "小林" } }), zh)).toBe("小林接手");
    expect(toldOf(event("assigned", {}, { id: "1", name: "Lin" }), en)).toBe("Lin took the case");
  });

  it("names states and revisions in words", () => {
    expect(toldOf(event("state_changed", { from: "open", to: "solved" }), en)).toBe("State: Open → Solved");
    expect(toldOf(event("review_revised", { revision: 2 }), zh)).toBe("买家改了评价（第 2 版）");
    expect(toldOf(event("state_changed", {}), zh)).toBe("状态：未知 → 未知");
  });

  it("finds the words of a note and of nothing else", () => {
    expect(noteOf(event("note", { text: "周二回电" }))).toBe("周二回电");
    expect(noteOf(event("note", { text: 3 }))).toBeNull();
    expect(noteOf(event("opened", { text: "no" }))).toBeNull();
  });
});

describe("why a case was opened", () => {
  const found = (reason: Case["reason"], rating: number | null, verdict: "good" | "bad" | null) => ({ reason, review: { rating, verdict } }) as unknown as Case;

  it("is said in one sentence with the stars or the verdict", () => {
    expect(reasonOf(found("low_stars", 1, null), zh)).toBe("买家打了 1 星，三星及以下都要跟进。");
    expect(reasonOf(found("bad_verdict", null, "bad"), zh)).toBe("买家给了差评，中评和差评都要跟进。");
    expect(reasonOf(found("praise_clash", 5, null), en)).toContain("5 stars over words that complain");
  });

  it("does not speak of stars where there are none", () => {
    expect(reasonOf(found("praise_clash", null, "good"), zh)).toBe("给了好评，文字却很不满意。");
  });
});
