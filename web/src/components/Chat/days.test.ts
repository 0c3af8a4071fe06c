import { describe, expect, it } from "vitest";
import type { ChatMessage } from "../../api/types";
import { daysOf, piecesOf, searched } from "./days";

const said = (id: string, at: string, text: string, speaker = "t**1"): ChatMessage => ({ id, at, text, speaker, side: "buyer", order_number: null });

describe("a chat", () => {
  const messages = [said("1", "2026-11-11T15:59:59Z", "在吗"), said("2", "2026-11-11T16:00:00Z", "杯盖漏水", "青禾:小林"), said("3", "2026-11-12T02:00:00Z", "OK")];

  it("is cut where the shop's day ends, not London's", () => {
    expect(daysOf(messages, "Asia/Shanghai").map(({ day, messages: of }) => [day, of.length])).toEqual([["2026-11-11", 1], ["2026-11-12", 2]]);
    expect(daysOf(messages, "UTC").map(({ day }) => day)).toEqual(["2026-11-11", "2026-11-12"]);
    expect(daysOf([], "UTC")).toEqual([]);
  });

  it("is searched in words and speakers, whatever the case", () => {
    expect(searched(messages, " ok ").map(({ id }) => id)).toEqual(["3"]);
    expect(searched(messages, "小林").map(({ id }) => id)).toEqual(["2"]);
    expect(searched(messages, "")).toHaveLength(3);
  });

  it("points at what was found and keeps the text", () => {
    expect(piecesOf("漏水了，真的漏水", "漏水")).toEqual([
      { text: "漏水", found: true }, { text: "了，真的", found: false }, { text: "漏水", found: true },
    ]);
    expect(piecesOf("İstanbul", "i")).toEqual([{ text: "İstanbul", found: false }]);
    expect(piecesOf("", "x")).toEqual([{ text: "", found: false }]);
  });
});
