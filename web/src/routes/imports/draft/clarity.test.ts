import { describe, expect, it } from "vitest";
import { asGuessed, type Reading } from "../../../api/imports";
import type { ImportPreview, MappedColumn } from "../../../api/types";
import { clarityOf } from "./clarity";
import { readingFor } from "./readingFor";

const day: MappedColumn = { column: "日期", field: "created", date_order: null, ambiguous: true, sample: ["10/11/2026"] };
const known: ImportPreview = {
  format: "csv", encoding: "gb18030", delimiter: ",", sheet: null, profile: "taobao-orders", kind: "orders", mapping: [], rows: [], problem: null,
};
const unknown: ImportPreview = { ...known, kind: null, profile: null, problem: { code: "unknown_columns", message: "没认出来。" } };

describe("whether a file can be read in", () => {
  it("is clear for a known export, and worth a look for a guess or a row that fails", () => {
    expect(clarityOf(known)).toBe("clear");
    expect(clarityOf({ ...known, profile: "generic-reviews" })).toBe("look");
    expect(clarityOf({ ...known, rows: [{ line: 2, stored: [], failure: { line: 2, column: null, value: null, reason: "空行" } }] })).toBe("look");
  });

  it("needs an answer while a date reads two ways, and no longer", () => {
    const problem = { code: "ambiguous_date", message: "分不清。" };
    expect(clarityOf({ ...known, mapping: [day], problem })).toBe("ask");
    expect(clarityOf({ ...known, mapping: [{ ...day, date_order: "dmy" }] })).toBe("clear");
  });

  it("is not to be had of a file that cannot be read at all", () => {
    expect(clarityOf({ ...unknown, format: null })).toBe("unreadable");
  });

  it("is stuck on columns that mean nothing", () => {
    expect(clarityOf(unknown)).toBe("stuck");
  });
});

describe("reading the rest like the first", () => {
  const first: Reading = { profile: null, encoding: null, map: "text=内容" };

  it("falls back to the guess for a file of other columns", async () => {
    expect(await readingFor([first, asGuessed], async () => known)).toBe(first);
    expect(await readingFor([first, asGuessed], async ({ map }) => (map ? unknown : known))).toBe(asGuessed);
  });

  it("leaves to a person what it cannot read", async () => {
    expect(await readingFor([first, asGuessed], async () => unknown)).toBeNull();
  });
});
