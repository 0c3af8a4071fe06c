import { describe, expect, it } from "vitest";
import { filterOf, queryOf } from "./filter";

describe("the filter of scripts in an address", () => {
  it("reads back as it was written", () => {
    const address = "q=%E5%B0%BA%E7%A0%81&step=solution&cause=size_fit&favourite=true";
    expect(queryOf(filterOf(new URLSearchParams(address))).toString()).toBe(address);
  });

  it("leaves out what means nothing", () => {
    expect(filterOf(new URLSearchParams("step=dance&own=perhaps&open=new"))).toEqual({});
  });
});
