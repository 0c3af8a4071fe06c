// @vitest-environment jsdom
import { cleanup, render, screen } from "@testing-library/react";
import i18next from "i18next";
import { initReactI18next } from "react-i18next";
import { afterEach, beforeAll, describe, expect, it } from "vitest";
import texts from "../../i18n/zh-CN";
import type { Triage } from "../../api/types";
import { MarkedText } from "./MarkedText";
import { marksOf } from "./marks";

beforeAll(async () => {
  await i18next.use(initReactI18next).init({ lng: "zh-CN", resources: { "zh-CN": { translation: texts } } });
});

afterEach(cleanup);

const triage: Triage = {
  language: "zh",
  sentiment: { label: "negative", score: -0.9 },
  sentiment_spans: [[1, 8]],
  causes: [
    { code: "quality", score: 0.97, spans: [[1, 8]], told: [{ in: "text", span: [8, 9], by: "weight", weight: 0.4 }] },
    { code: "service", score: 0.7, spans: [[6, 12]], told: [] },
  ],
  primary_cause: "quality",
  fault: "seller",
  fault_why: null,
  signals: [
    { code: "threat", kind: null, in: "title", spans: [[0, 2]], why: null },
    { code: "personal_data", kind: "phone", in: "title", spans: [[3, 5]], why: null },
  ],
  severity: 80,
  severity_parts: [],
  model: "test",
};

describe("a marked review", () => {
  const text = "😡穿了两天就开线，客服不理人";

  it("holds exactly the text, so that copying copies only the text", () => {
    const { container } = render(<MarkedText text={text} marks={marksOf(triage, "text")} />);
    expect(container.textContent).toBe(text);
  });

  it("names the cause of every marked word, both where two overlap", () => {
    render(<MarkedText text={text} marks={marksOf(triage, "text")} />);
    expect(screen.getByText("开线").getAttribute("aria-description")).toBe("质量 · 客服售后");
    expect(screen.getByText("穿了两天就").getAttribute("aria-description")).toBe("质量");
  });

  it("puts marks of the title on the title and not on the text", () => {
    expect(marksOf(triage, "title")).toEqual([
      { start: 0, end: 2, meaning: "signal.threat" },
      { start: 3, end: 5, meaning: "personalData.phone" },
    ]);
    expect(marksOf(triage, "text").map((mark) => mark.meaning)).not.toContain("signal.threat");
    expect(marksOf(null, "text")).toEqual([]);
  });

  it("marks all words of what somebody has opened", () => {
    const words = (focus: string) => marksOf(triage, "text", focus).filter((mark) => mark.meaning === focus).length;
    expect([words("cause.quality"), words("cause.service"), words("sentiment.negative")]).toEqual([2, 1, 1]);
    expect(marksOf(triage, "text").filter((mark) => mark.meaning.startsWith("sentiment"))).toEqual([]);
  });

  it("shows markup of a buyer as text", () => {
    const { container } = render(<MarkedText text={"<img src=x onerror=alert(1)>"} marks={[]} />);
    expect(container.querySelector("img")).toBeNull();
    expect(container.textContent).toBe("<img src=x onerror=alert(1)>");
  });
});
