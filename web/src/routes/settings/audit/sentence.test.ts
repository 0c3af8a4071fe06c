import { createInstance } from "i18next";
import { describe, expect, it } from "vitest";
import type { AuditEntry } from "../../../api/types";
import english from "../../../i18n/en-US";
import chinese from "../../../i18n/zh-CN";
import { pairsOf } from "./filter";
import { actorOf, sentenceOf } from "./sentence";

const words = (language: string, texts: object) => {
  const instance = createInstance();
  void instance.init({ lng: language, fallbackLng: false, resources: { [language]: { translation: texts } }, interpolation: { escapeValue: false }, initAsync: false });
  return instance;
};
const zh = words("zh-CN", chinese);
const en = words("en-US", english);
const names = new Map([["u1", "小林"], ["s1", "青禾"]]);

const entry = (action: string, detail: AuditEntry["detail"] = {}, subject_id = ""): AuditEntry => ({
  seq: 1, at: "2026-11-29T08:00:00Z", actor: { kind: "user", id: "u1", name: "小林" }, action, subject_kind: "thing", subject_id, detail, hash: "00",
});

describe("an entry of the audit", () => {
  it("is told in a sentence of either language", () => {
    expect(sentenceOf(entry("contact.reveal", { field: "phone" }), zh, names)).toBe("查看了买家的完整电话");
    expect(sentenceOf(entry("contact.reveal", { field: "phone" }), en, names)).toBe("saw a buyer's phone in full");
  });

  it("names people and shops by their ids", () => {
    expect(sentenceOf(entry("case.assign", { owner: "u1" }), zh, names)).toBe("把跟进单交给了 小林");
    expect(sentenceOf(entry("shop.change", { timezone: { from: "UTC", to: "Asia/Tokyo" } }, "s1"), zh, names)).toBe("修改了店铺 青禾");
  });

  it("names what became of a change", () => {
    expect(sentenceOf(entry("team.changed", { name: { from: "早班", to: "晚班" } }), zh, names)).toBe("修改了小组 晚班");
  });

  it("is told by its code when it is new to the page", () => {
    expect(sentenceOf(entry("moon.landed"), en, names)).toBe("did moon.landed");
  });

  it("never takes what somebody typed for words of ours", () => {
    expect(sentenceOf(entry("tag.create", { name: "$t(app.name) {{thing}} <b>" }), en, names)).toBe("made the tag $t(app.name) {{thing}} <b>");
  });

  it("says who did it when it was nobody", () => {
    expect(actorOf({ ...entry("x"), actor: { kind: "command_line", id: null, name: "" } }, zh)).toBe("命令行");
    expect(actorOf({ ...entry("x"), actor: { kind: "token", id: "u1", name: "Lin" } }, en)).toBe("Lin (token)");
  });
});

describe("the detail of an entry", () => {
  it("keeps the path of what is nested", () => {
    expect(pairsOf({ name: { from: "a", to: "b" }, members: ["x"], solo: true })).toEqual([["name.from", "a"], ["name.to", "b"], ["members", '["x"]'], ["solo", "true"]]);
    expect(pairsOf({})).toEqual([]);
  });
});
