import { describe, expect, it } from "vitest";
import type { MappedColumn } from "../../../api/types";
import { fieldOf, mapLike, mapOf, type Wish, withField, withOrder } from "./wishes";

const column = (name: string, field: string | null, more: Partial<MappedColumn> = {}): MappedColumn => ({
  column: name, field, date_order: null, ambiguous: false, sample: [], ...more,
});
const remark = column("备注", "text");
const words = column("内容, 全文", null);
const day = column("日期", "created", { ambiguous: true });

describe("what was said of the columns", () => {
  it("moves a field from the guessed column to the chosen one", () => {
    const wishes = withField([], words, "text");
    expect(fieldOf(words, wishes)).toBe("text");
    expect(fieldOf(remark, wishes)).toBeNull();
    expect(mapOf(wishes)).toBe("text=内容, 全文");
  });

  it("leaves a field out when its column is left out", () => {
    expect(mapOf(withField([], remark, null))).toBe("text=");
  });

  it("does not leave a field out that another column has taken", () => {
    const wishes = withField(withField([], remark, "title"), words, "text");
    expect(mapOf(wishes)).toBe("title=备注,text=内容, 全文");
    expect(mapOf(withField([], remark, "title"))).toBe("title=备注,text=");
  });

  it("gives one field to one column alone", () => {
    let wishes: Wish[] = withField([], words, "title");
    wishes = withField(wishes, remark, "title");
    expect(fieldOf(words, wishes)).toBeNull();
    expect(mapOf(wishes)).toBe("title=备注,text=");
  });

  it("says which of day and month comes first, and forgets it with another field", () => {
    const wishes = withOrder([], day, "dmy");
    expect(mapOf(wishes)).toBe("created:dmy=日期");
    expect(mapOf(withOrder(wishes, day, "mdy"))).toBe("created:mdy=日期");
    expect(mapOf(withField(wishes, day, "placed"))).toBe("placed=日期,created=");
  });

  it("is nothing when everything was put back", () => {
    const wishes = withField(withField([], remark, null), { ...remark, field: null }, "text");
    expect(wishes).toEqual([]);
    expect(mapOf(wishes)).toBeNull();
  });

  it("can be said again for a file of the same columns", () => {
    expect(mapLike([remark, words, { ...day, date_order: "mdy" }])).toBe("text=备注,created:mdy=日期");
    expect(mapLike([words])).toBeNull();
  });
});
