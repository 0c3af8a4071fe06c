import { describe, expect, it } from "vitest";
import type { PreviewPart, PreviewRow } from "../../../api/types";
import { previewTable } from "./previewTable";

const part = (what: PreviewPart["what"], values: Record<string, string>): PreviewPart => ({
  what, fields: Object.entries(values).map(([field, value]) => ({ field, value })),
});
const row = (line: number, ...stored: PreviewPart[]): PreviewRow => ({ line, stored, failure: null });

describe("the preview of a file", () => {
  it("has a column for every field that comes of any row, grouped by what it tells of", () => {
    const { groups, lines } = previewTable([
      row(2, part("review", { text: "好", rating: "5" }), part("order", { order_number: "1" })),
      row(3, part("review", { text: "差", created: "2026-11-01T00:00:00Z" })),
    ]);
    expect(groups).toEqual([{ what: "review", fields: ["text", "rating", "created"] }, { what: "order", fields: ["order_number"] }]);
    expect(lines.map(({ cells }) => cells)).toEqual([
      { "review.text": "好", "review.rating": "5", "order.order_number": "1" },
      { "review.text": "差", "review.created": "2026-11-01T00:00:00Z" },
    ]);
  });

  it("gives two lines to a row that holds two reviews", () => {
    const { lines } = previewTable([row(7, part("review", { text: "好" }), part("review", { text: "三个月后坏了" }))]);
    expect(lines.map(({ line, span, cells }) => [line, span, cells["review.text"]])).toEqual([[7, 2, "好"], [7, 0, "三个月后坏了"]]);
  });

  it("keeps a row that fails, with its reason", () => {
    const failure = { line: 4, column: "评分", value: "９x", reason: "星级要写 1 到 5 的数字。" };
    const { groups, lines } = previewTable([{ line: 4, stored: [], failure }]);
    expect(groups).toEqual([]);
    expect(lines).toEqual([{ key: "4.0", line: 4, span: 1, cells: {}, failure }]);
  });
});
