import { describe, expect, it } from "vitest";
import { formOf } from "../../api/imports";
import { choicesOf, emptyForm, fieldOf, missingIn, withColumn } from "./form";

const file = new File(["a"], "评价.csv");

describe("the import form", () => {
  it("says what is missing", () => {
    expect(missingIn(emptyForm)).toEqual(["noFile", "noShop"]);
    expect(missingIn({ ...emptyForm, files: [file], shop: "new", newName: "  " })).toEqual(["noName"]);
    expect(missingIn({ ...emptyForm, files: [file], shop: "some-id" })).toEqual([]);
  });

  it("sends a shop to be made by name and platform, and the file last", () => {
    const [choice] = choicesOf({ ...emptyForm, files: [file], shop: "new", newName: " 青禾 ", columns: [{ field: "text", column: "内容" }] }, true);
    const form = choice && formOf(choice);
    expect(form && [...form.keys()]).toEqual(["shop_name", "platform", "map", "dry_run", "file"]);
    expect(form?.get("shop_name")).toBe("青禾");
    expect(form?.get("map")).toBe("text=内容");
    expect(form?.get("dry_run")).toBe("true");
  });

  it("sends a known shop by its id and leaves out what was left to the machine", () => {
    const [choice] = choicesOf({ ...emptyForm, files: [file], shop: "some-id", columns: [{ field: "text", column: " " }] }, false);
    expect(choice && [...formOf(choice).keys()]).toEqual(["shop_id", "dry_run", "file"]);
  });

  it("makes one import of each file", () => {
    expect(choicesOf({ ...emptyForm, files: [file, file], shop: "x" }, false)).toHaveLength(2);
  });
});

describe("overruling what a column is read as", () => {
  const guessed = { column: "备注", field: "text", sample: [] };
  const other = { column: "内容", field: null, sample: [] };

  it("moves a field from the guessed column to the chosen one", () => {
    const columns = withColumn([], "内容", "text");
    expect(fieldOf(other, columns)).toBe("text");
    expect(fieldOf(guessed, columns)).toBeNull();
  });

  it("keeps one wish for each column and each field", () => {
    let columns = withColumn([], "内容", "text");
    columns = withColumn(columns, "内容", "title");
    columns = withColumn(columns, "备注", "title");
    expect(columns).toEqual([{ field: "title", column: "备注" }]);
  });
});
