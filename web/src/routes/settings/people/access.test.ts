import { describe, expect, it } from "vitest";
import type { Person } from "../../../api/types";
import { formOf, inOrder, inputOf, isLastOwner } from "./access";

const person = (id: string, more: Partial<Person> = {}): Person => ({
  id, login: id, display_name: id, role: "agent", department: null, all_shops: false, shops: [], totp: false, reviewed: false,
  created_at: "2026-11-01T00:00:00Z", disabled_at: null, last_seen_at: null, ...more,
});

describe("what is sent for somebody's access", () => {
  it("gives an owner every shop, whatever was chosen before", () => {
    expect(inputOf({ role: "owner", reach: "some", shops: ["a"] })).toEqual({ role: "owner", department: null, all_shops: true, shops: [] });
  });

  it("keeps a department only for the role that has one", () => {
    expect(inputOf({ role: "agent", department: "finance", reach: "some", shops: ["a"] })).toEqual({ role: "agent", department: null, all_shops: false, shops: ["a"] });
    expect(inputOf({ role: "department", department: "finance", reach: "all", shops: ["a"] })).toEqual({ role: "department", department: "finance", all_shops: true, shops: [] });
  });

  it("is what the form showed", () => {
    const shops = [{ id: "a", name: "A", platform: "taobao" as const }];
    expect(inputOf(formOf(person("x", { shops })))).toEqual({ role: "agent", department: null, all_shops: false, shops: ["a"] });
  });
});

describe("the last owner", () => {
  const lin = person("lin", { role: "owner" });

  it("is the only one who can still sign in", () => {
    const gone = person("gone", { role: "owner", disabled_at: "2026-11-02T00:00:00Z" });
    expect(isLastOwner(lin, [lin, gone, person("agent")])).toBe(true);
    expect(isLastOwner(lin, [lin, person("second", { role: "owner" })])).toBe(false);
  });

  it("is never somebody else", () => {
    expect(isLastOwner(person("agent"), [lin, person("agent")])).toBe(false);
  });
});

describe("the order of the table", () => {
  it("puts those who left last", () => {
    const people = [person("a", { disabled_at: "2026-11-02T00:00:00Z" }), person("c"), person("b")];
    expect(inOrder(people).map(({ id }) => id)).toEqual(["b", "c", "a"]);
  });
});
