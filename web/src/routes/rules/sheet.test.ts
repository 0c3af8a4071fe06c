import { describe, expect, it } from "vitest";
import type { PackTable } from "../../api/types";
import { sheetOf } from "./sheet";

function table(section: string, id: string | null, values: Record<string, string>): PackTable {
  const record = { grade: "A", status: "confirmed", source: ["X"], effective_from: null, effective_to: null, note: null } as const;
  return { name: id ? `${section}.${id}` : section, section, id, values: Object.entries(values).map(([key, value]) => ({ key, value, record: null })), alternatives: [], record: { ...record, source: [...record.source] } };
}

describe("the path sheet of a platform", () => {
  const sheet = sheetOf([
    table("text", "removal_path", { zh: "客服 › 申诉", en: "Service › Report" }),
    table("text", "buyer_change_seller_feedback", { zh: "您可以自己移除", en: "You can remove it" }),
    table("text", "amz-neutral-1", { zh: "x", en: "x" }),
    table("ask_change", "product_review", { policy: "never" }),
    table("ask_change", "seller_feedback", { policy: "after-resolution-neutral" }),
    table("window", "buyer_modify", { who: "buyer", days: "30" }),
    table("window", "rate", { who: "both", days: "15" }),
    table("window", "reply", { who: "seller", days: "30" }),
    table("removal_ground", "pii", { outcome: "removed" }),
    table("unknown", "appeal", { zh: "未查到", en: "no rule known" }),
  ]);

  it("says where a request is filed and on which grounds", () => {
    expect([sheet.path?.name, sheet.grounds.map(({ id }) => id), sheet.removal]).toEqual(["text.removal_path", ["pii"], null]);
  });

  it("says in the buyer's words what he can do himself, and where nobody may ask", () => {
    expect(sheet.buyers.map(({ object, words, asking }) => [object, words?.id ?? null, asking?.values[0]?.value])).toEqual([
      ["product_review", null, "never"],
      ["seller_feedback", "buyer_change_seller_feedback", "after-resolution-neutral"],
    ]);
  });

  it("tells the shop's time from the buyer's", () => {
    expect([sheet.own.map(({ id }) => id), sheet.theirs.map(({ id }) => id)]).toEqual([["rate", "reply"], ["buyer_modify", "rate"]]);
  });
});
