import { describe, expect, it } from "vitest";
import { profileIn } from "./profileIn";

describe("a template brought in", () => {
  it("is what an export wrote", () => {
    const profile = { pingxin_profile: 1, name: "我们的评价表", encoding: null, columns: [{ column: "内容", field: "text", date_order: null }] };
    expect(profileIn(JSON.stringify(profile))).toEqual(profile);
  });

  it("is nothing else", () => {
    for (const text of ["", "null", "[]", "{}", '{"name":"x","columns":[]}', "内容,评分"]) expect(profileIn(text), text).toBeNull();
  });
});
