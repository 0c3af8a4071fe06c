import { describe, expect, it } from "vitest";
import { grantable, readOnly } from "./permissions";

describe("the rights of a token", () => {
  it("are never those for managing people or tokens", () => {
    expect(grantable(["review.read", "person.manage", "token.use", "person.read"])).toEqual(["review.read", "person.read"]);
  });

  it("for looking change nothing", () => {
    expect(readOnly(["review.read", "case.handle", "list.export", "shop.manage"])).toEqual(["review.read", "list.export"]);
  });
});
