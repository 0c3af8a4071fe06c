import { expect, it } from "vitest";
import { amountsOf, amountsText } from "./amounts";

it("reads amounts as it writes them", () => {
  const amounts = { CNY: "20.00", JPY: "500" };
  expect(amountsOf(amountsText(amounts))).toEqual(amounts);
  expect(amountsOf("cny 20， usd5 ")).toEqual({ CNY: "20", USD: "5" });
  expect(amountsOf("")).toEqual({});
  for (const wrong of ["20", "CNY", "CNY -1", "RMBX 1", "CNY 1,2"]) expect(amountsOf(wrong)).toBeNull();
});
