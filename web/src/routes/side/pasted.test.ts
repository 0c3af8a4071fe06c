import { describe, expect, it } from "vitest";
import { wantedIn } from "./pasted";

describe("what is wanted by a pasted text", () => {
  it.each([
    ["2600000000001", "2600000000001"],
    [" 订单编号：3300000000012 买家：小鹿 ", "3300000000012"],
    ["订单编号:３３０００００００００１２", "3300000000012"],
    ["Order 113-1234567-7654321 was late", "113-1234567-7654321"],
    ["eBay 12-34567-89012", "12-34567-89012"],
    ["昵称 a\n2600000000001\n电话 13812345678", "2600000000001"],
    ["\u200b8190000000000001\ufeff", "8190000000000001"],
  ])("is the order number in %j", (pasted, q) => {
    expect(wantedIn(pasted)).toEqual({ kind: "order", q });
  });

  it.each([["#12", "#12"], ["跟进单 1003", "#1003"], ["Case #7", "#7"]])("is the case in %j", (pasted, q) => {
    expect(wantedIn(pasted)).toEqual({ kind: "case", q });
  });

  it.each([
    ["买家昵称：爱吃鱼的猫", "爱吃鱼的猫"],
    ["旺旺: tb_9931", "tb_9931"],
    ["cntaobao小鹿的店", "小鹿的店"],
    ["buyer: John S.", "John S."],
    ["\n 小鹿 \n 在吗", "小鹿"],
  ])("is the nick in %j", (pasted, q) => {
    expect(wantedIn(pasted)).toEqual({ kind: "words", q });
  });

  it("is nothing where nothing was copied, and no more than can be asked for", () => {
    expect(wantedIn(" \n\u200b")).toBeNull();
    expect(wantedIn("买家：")).toBeNull();
    expect(wantedIn("啊".repeat(5000))?.q).toHaveLength(200);
  });
});
