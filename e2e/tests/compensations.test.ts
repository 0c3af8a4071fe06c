import { another, asked, sent } from "../support/colleagues";
import { expect, type Page, personOf, signIn, test } from "../support/desk";

const words = {
  "zh-CN": { panel: "赔付", ask: "申请赔付", reason: "理由", handedIn: "已提交审核", waits: "待审核", twice: "两个人同意", approve: "通过", approving: "审核通过", sure: /^通过 1 笔/, more: "还要另一个人同意", close: "知道了", toPay: "待打款", pay: "登记已打款", paid: "已打款", paySure: /^登记 1 笔/, forMe: "等我审核", never: "赔付的理由里不能写评价", own: /您已经通过一次了/, tile: /^\d+ 笔赔付$/, report: "花费与漏损", byAgent: "按申请人", perRow: "每一笔会怎样" },
  "en-US": { panel: "Compensation", ask: "Ask for compensation", reason: "Reason", handedIn: "Handed in", waits: "Waits for approval", twice: "Two people agree", approve: "Approve", approving: "Approve", sure: /^Approve 1,/, more: "one more person has to agree", close: "Close", toPay: "To be paid", pay: "Mark as paid", paid: "Paid", paySure: /^Mark 1,/, forMe: "Waits for me", never: "never speaks of a review", own: /two different persons/, tile: /^\d+ compensations$/, report: "Cost and leakage", byAgent: "By person", perRow: "What becomes of each" },
} as const;

interface Offered { order_number: string | null; refused: unknown; proposed: unknown; given: unknown[] }
interface Kept { version: number; rules: { limits: { supervisor: Record<string, string> } } }

/** A case that nobody has, in which something could be given. */
async function openCase(page: Page, url: string, skip: number): Promise<{ id: string; order: string }> {
  const { cases } = await asked<{ cases: { id: string; owner: unknown; state: string }[] }>(page, url, "cases?platform=taobao&platform=tmall&limit=200");
  let left = skip;
  for (const each of cases) {
    if (each.owner !== null || each.state !== "open") continue;
    const offered = await asked<Offered>(page, url, `cases/${each.id}/compensation`);
    if (offered.refused === null && offered.proposed !== null && offered.given.length === 0 && left-- === 0) return { id: each.id, order: offered.order_number ?? "" };
  }
  throw new Error("the demo has no case in which something could be given");
}

for (const language of ["zh-CN", "en-US"] as const) {
  const say = words[language];

  test.describe(language, () => {
    // Months are those of the shop: where the reader sits elsewhere, his month may be another one for some hours.
    test.use({ locale: language, timezoneId: "Asia/Shanghai" });

    test("a payout above the limit asks two people", async ({ page, demo, browser }) => {
      await signIn(page, demo.url, personOf(demo, "owner"));
      // Above one yuan two persons have to agree.
      const kept = await asked<Kept>(page, demo.url, "compensation-rules");
      kept.rules.limits.supervisor.CNY = "1.00";
      const agentLimits = (kept.rules.limits as unknown as { agent: Record<string, string> }).agent;
      agentLimits.CNY = "1.00";
      await sent(page, demo.url, "PUT", "compensation-rules", { rules: kept.rules, version: kept.version });
      const { id, order } = await openCase(page, demo.url, language === "zh-CN" ? 0 : 1);

      const agent = await another(browser, language);
      await signIn(agent.page, demo.url, personOf(demo, "agent"));
      await agent.page.goto(`${demo.url}/cases/${id}`);
      const panel = agent.page.getByRole("region", { name: say.panel, exact: true });
      await panel.getByRole("button", { name: say.ask }).click();
      await panel.getByRole("textbox", { name: say.reason }).fill("破损属实，照片已看，按标准退一部分");
      await panel.getByRole("button", { name: say.ask }).click();
      await agent.page.getByRole("dialog").getByRole("button", { name: say.ask }).click();
      await expect(agent.page.getByText(say.handedIn)).toBeVisible();
      await expect(panel.getByRole("listitem")).toContainText(say.waits);
      await expect(panel.getByRole("listitem")).toContainText(say.twice);
      await agent.leave();

      const approve = async (on: Page) => {
        await on.goto(`${demo.url}/compensations`);
        const row = on.getByRole("row").filter({ hasText: order });
        await row.getByRole("checkbox").check();
        await on.getByRole("button", { name: say.approve, exact: true }).click();
        return on.getByRole("dialog");
      };
      const second = await another(browser, language);
      await signIn(second.page, demo.url, personOf(demo, "supervisor"));
      await second.page.goto(`${demo.url}/workbench`);
      await expect(second.page.getByRole("link", { name: say.tile })).toBeVisible();
      let dialog = await approve(second.page);
      await expect(dialog.getByRole("list", { name: say.perRow }).getByRole("listitem")).toContainText(say.more);
      await dialog.getByRole("button", { name: say.sure }).click();
      await dialog.getByRole("button", { name: say.close }).last().click();
      // The same person once more: refused, and told why.
      dialog = await approve(second.page);
      await expect(dialog.getByRole("list", { name: say.perRow }).getByRole("listitem")).toContainText(say.own);
      await second.leave();

      dialog = await approve(page);
      await expect(dialog.getByRole("list", { name: say.perRow }).getByRole("listitem")).toContainText(say.toPay);
      await dialog.getByRole("button", { name: say.sure }).click();
      await dialog.getByRole("button", { name: say.close }).last().click();
      await page.getByRole("tab", { name: say.toPay, exact: true }).click();
      await page.getByRole("row").filter({ hasText: order }).getByRole("checkbox").check();
      await page.getByRole("button", { name: say.pay, exact: true }).click();
      await page.getByRole("dialog").getByRole("button", { name: say.paySure }).click();
      await expect(page.getByRole("dialog").getByRole("list", { name: say.perRow }).getByRole("listitem")).toContainText(say.paid);
      await page.getByRole("dialog").getByRole("button", { name: say.close }).last().click();
      await page.getByRole("tab", { name: say.report, exact: true }).click();
      await expect(page.getByRole("region", { name: say.byAgent }).getByRole("row")).not.toHaveCount(0);
    });
  });
}
