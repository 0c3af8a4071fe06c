import i18next, { type TFunction } from "i18next";
import { beforeAll, describe, expect, it } from "vitest";
import type { ImportUndo } from "../../../api/types";
import english from "../../../i18n/en-US";
import chinese from "../../../i18n/zh-CN";
import { figureCode, figureName } from "../figures/names";
import { undoWords } from "./undoWords";

let zh: TFunction;
let en: TFunction;
beforeAll(async () => {
  await i18next.init({ lng: "zh-CN", interpolation: { escapeValue: false }, resources: { "zh-CN": { translation: chinese }, "en-US": { translation: english } } });
  zh = i18next.getFixedT("zh-CN");
  en = i18next.getFixedT("en-US");
});

const plan: ImportUndo = {
  removed: { reviews: 1996, orders: 0, records: 2, cases: 1 }, restored: { reviews: 1, orders: 0, records: 0, cases: 0 }, kept_count: 0, kept_more: false, kept: [],
} as ImportUndo;

describe("what an undo would do", () => {
  it("is said in numbers, without what there is none of", () => {
    expect(undoWords(plan, zh, "zh-CN").all).toEqual(["删除 1,996 条评价", "删除 2 条记录", "删除 1 张跟进单", "恢复 1 条评价"]);
    expect(undoWords(plan, en, "en-US").restores).toEqual(["restore reviews (1)"]);
  });

  it("is nothing when nothing came of the import", () => {
    const nothing = { ...plan, removed: { reviews: 0, orders: 0, records: 0, cases: 0 }, restored: { reviews: 0, orders: 0, records: 0 } } as ImportUndo;
    expect(undoWords(nothing, zh, "zh-CN").all).toEqual([]);
  });
});

describe("the name of a figure", () => {
  it("is kept as a code where it is known, and as it was typed where not", () => {
    expect(figureCode(" 真实体验分 ", zh)).toBe("experience_score");
    expect(figureCode("直播间回复率", zh)).toBe("直播间回复率");
    expect(figureName("ncx_rate", zh)).toBe("买家不满意率");
    expect(figureName("直播间回复率", en)).toBe("直播间回复率");
  });
});
