import { describe, expect, it } from "vitest";
import { formOf } from "../../api/imports";
import { draftsOf, emptyForm, missingIn } from "./form";

const file = new File(["a"], "评价.csv");

describe("the import form", () => {
  it("says what is missing", () => {
    expect(missingIn(emptyForm)).toEqual(["noFile", "noShop"]);
    expect(missingIn({ ...emptyForm, files: [file], shop: "new", newName: "  " })).toEqual(["noName"]);
    expect(missingIn({ ...emptyForm, files: [file], shop: "some-id" })).toEqual([]);
  });

  it("sends a shop to be made by name and platform, and the file last", () => {
    const [choice] = draftsOf({ ...emptyForm, files: [file], shop: "new", newName: " 青禾 " });
    const form = choice && formOf(choice);
    expect(form && [...form.keys()]).toEqual(["shop_name", "platform", "hold", "file"]);
    expect(form?.get("shop_name")).toBe("青禾");
  });

  it("sends a known shop by its id and leaves out what was left to the machine", () => {
    const [choice] = draftsOf({ ...emptyForm, files: [file], shop: "some-id" });
    expect(choice && [...formOf(choice).keys()]).toEqual(["shop_id", "hold", "file"]);
  });

  it("sends how a file is to be read when it was said before", () => {
    const [choice] = draftsOf({ ...emptyForm, files: [file], shop: "some-id" });
    const reading = { profile: "我们的评价表", encoding: null, map: "text=内容,rating=" };
    const form = choice && formOf({ ...choice, reading, hold: false, dryRun: true });
    expect(form && [...form.keys()]).toEqual(["shop_id", "profile", "map", "dry_run", "file"]);
    expect(form?.get("map")).toBe("text=内容,rating=");
    expect(form?.get("dry_run")).toBe("true");
  });

  it("makes one draft of each file", () => {
    expect(draftsOf({ ...emptyForm, files: [file, file], shop: "x" })).toHaveLength(2);
  });
});
