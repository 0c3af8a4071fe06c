import { describe, expect, it } from "vitest";
import type { PackTable } from "../../api/types";
import { findTables } from "./find";

const table = (name: string, values: [string, string][], source: string[] = []): PackTable => ({
  name,
  section: name.split(".")[0] ?? "",
  id: name.split(".")[1] ?? null,
  values: values.map(([key, value]) => ({ key, value, record: null })),
  alternatives: [],
  record: { grade: "B", status: "confirmed", source, effective_from: null, effective_to: null, note: null },
});

const tables = [table("window.reply", [["days", "30"], ["zh", "卖家可解释评价"]], ["TB-API3"]), table("removal", [["max_age", "malicious_report"]])];

describe("findTables", () => {
  it("finds by name, value and source, all words at once", () => {
    expect(findTables(tables, "reply 30").map(({ name }) => name)).toEqual(["window.reply"]);
    expect(findTables(tables, "tb-api3").map(({ name }) => name)).toEqual(["window.reply"]);
    expect(findTables(tables, "解释").length).toBe(1);
    expect(findTables(tables, "reply malicious")).toEqual([]);
  });

  it("finds what a value is called", () => {
    const said = ({ key }: { key: string }) => (key === "max_age" ? ["最久"] : []);
    expect(findTables(tables, "最久", said).map(({ name }) => name)).toEqual(["removal"]);
  });

  it("shows everything while nothing is typed", () => {
    expect(findTables(tables, "  ")).toBe(tables);
  });
});
