// @vitest-environment jsdom
import { cleanup, render } from "@testing-library/react";
import { afterEach, describe, expect, it } from "vitest";
import type { HoldFinding } from "../../api/types";
import { GuardedText } from "./GuardedText";
import { inLanguage } from "./said";

afterEach(cleanup);

const finding = (severity: HoldFinding["severity"], spans: [number, number][]): HoldFinding => ({
  rule: "G01", severity, spans, why: { zh: "不可以", en: "Not allowed" }, risk: { zh: "罚款", en: "A fine" }, sources: ["CN-NAUC"],
});

describe("a text that was checked", () => {
  const text = "😡您把差评删掉，我马上给您退全款";

  it("holds exactly the text, marked where it breaks a rule, the worst first where two meet", () => {
    const { container } = render(<GuardedText text={text} findings={[finding("block", [[3, 7]]), finding("hold", [[5, 9]])]} />);
    expect(container.textContent).toBe(text);
    const marks = [...container.querySelectorAll("mark")].map((mark) => [mark.textContent, mark.getAttribute("data-severity")]);
    expect(marks).toEqual([["差评", "block"], ["删掉", "block"], ["，我", "hold"]]);
  });

  it("shows markup as text", () => {
    const { container } = render(<GuardedText text={"<img src=x onerror=alert(1)>"} findings={[finding("hold", [[0, 4]])]} />);
    expect(container.querySelector("img")).toBeNull();
  });

  it("is explained in the language of the page", () => {
    expect(inLanguage({ zh: "不可以", en: "Not allowed" }, "zh-CN")).toBe("不可以");
    expect(inLanguage({ zh: "不可以", en: "Not allowed" }, "en-US")).toBe("Not allowed");
  });
});
