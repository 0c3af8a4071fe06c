import { describe, expect, it } from "vitest";
import { columnsIn, shownColumns, wishedColumns } from "./columns";

const all = [{ key: "name", always: true }, { key: "shop", basic: true }, { key: "date", basic: true }, { key: "language" }];
const keys = (wished: readonly string[] | null) => shownColumns(all, wished).map((each) => each.key);

describe("the choice of columns", () => {
  it("is the basic ones until somebody chooses", () => {
    expect(keys(null)).toEqual(["name", "shop", "date"]);
    expect(keys(["mars"])).toEqual(["name", "shop", "date"]);
  });

  it("keeps the order of the list and the column that names the row", () => {
    expect(keys(["language", "shop"])).toEqual(["name", "shop", "language"]);
  });

  it("follows the address, then the view, then what was chosen last", () => {
    expect(wishedColumns(new URLSearchParams("columns=a,b"), { columns: ["c"] }, ["d"])).toEqual(["a", "b"]);
    expect(wishedColumns(new URLSearchParams(), { columns: ["c"] }, ["d"])).toEqual(["c"]);
    expect(wishedColumns(new URLSearchParams(), { columns: [] }, ["d"])).toBeNull();
    expect(wishedColumns(new URLSearchParams(), null, ["d"])).toEqual(["d"]);
    expect(columnsIn(new URLSearchParams("columns="))).toBeNull();
  });
});
