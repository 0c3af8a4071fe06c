import { asked } from "../support/colleagues";
import { expect, forgetLanguage, type Page, personOf, signIn, speak, test } from "../support/desk";
import { csvFile } from "../support/files";
import { languages } from "../support/words";

const words = {
  "zh-CN": {
    next: "下一步", steps: "步骤", done: (step: string) => `${step}：做完`, mark: "做完了", contacts: "联系记录", log: "记录联系", save: "记录", note: "说了什么", end: "结束", 
    message: "平台消息", phone: "电话", talked: "已接通", noAnswer: "没有接通", promised: "已答应", wait: "等待", buyer: "等买家", resume: "继续处理", close: "关闭归档", undo: "撤销", forbidden: "不能做",
    removal: "提交申诉", contact: "联系买家", solve: "解决", change: "中性说一次", rate: "先互评", revised: "买家已修改", over: "已结束：买家已修改", closed: "已关闭", waits: "等买家",
    wants: "买家要什么", asks: "要求", refund: "仅退款", insists: "坚持现在就要，不愿等", yes: "是", aftersales: "售后建议", waitFor: "等收货", intercept: "拦截退回", back: "已更新",
    today: "工作台", new: /新来的，还没人接/, cases: "跟进", reached: "联系上 1 次，没联系上 1 次", onlyPlatform: /只用平台允许的渠道/, toSolved: "算已解决",
  },
  "en-US": {
    next: "Next step", steps: "Steps", done: (step: string) => `${step}: done`, mark: "Mark done", contacts: "Contacts", log: "Log a contact", save: "Log", note: "What was said", end: "End", 
    message: "Platform message", phone: "Phone", talked: "Talked", noAnswer: "No answer", promised: "Promised", wait: "Wait", buyer: "Buyer", resume: "Go on", close: "Close", undo: "Undo", forbidden: "Not allowed",
    removal: "Request removal", contact: "Contact the buyer", solve: "Put it right", change: "One neutral sentence", rate: "Rate the buyer", revised: "Revised by the buyer", over: "Over: Revised by the buyer", closed: "Closed", waits: "Waiting: Buyer",
    wants: "What the buyer wants", asks: "Asks for", refund: "Refund only", insists: "Insists, will not wait", yes: "Yes", aftersales: "After-sales", waitFor: "Wait for delivery", intercept: "Intercept the parcel", back: "Updated",
    today: "Today", new: /New, nobody has them/, cases: "Cases", reached: "Reached 1 times, tried 1 times", onlyPlatform: /only the channels of the platform/, toSolved: "Counts as solved",
  },
} as const;

/** A moment some hours ago, as files write it in Shanghai. */
const ago = (hours: number) => new Date(Date.now() - hours * 3_600_000 + 8 * 3_600_000).toISOString().slice(0, 19).replace("T", " ");

async function bring(page: Page, url: string, platform: string, shop: string, rows: string[][]): Promise<void> {
  const file = csvFile("评价.csv", rows);
  const answer = await page.request.post(`${url}/api/v1/imports`, { headers: { "X-Pingxin": "1", Origin: url }, multipart: { shop_name: shop, platform, file } });
  expect(answer.status(), await answer.text()).toBe(202);
  const { id } = (await answer.json()) as { id: string };
  await expect.poll(async () => (await asked<{ state: string }>(page, url, `imports/${id}`)).state, { timeout: 30_000 }).toBe("done");
}

async function openCase(page: Page, url: string, order: string): Promise<void> {
  const { cases } = await asked<{ cases: { id: string }[] }>(page, url, `cases?order=${order}`);
  expect(cases).toHaveLength(1);
  await page.goto(`${url}/cases/${cases[0]?.id}`);
}

for (const language of languages) {
  const say = words[language];
  const own = language === "zh-CN" ? 1 : 2;

  const log = async (page: Page, channel: string, result: string, note: string) => {
    await page.getByRole("button", { name: say.log }).click();
    const dialog = page.getByRole("dialog", { name: say.log });
    await dialog.getByText(channel, { exact: true }).click();
    await dialog.getByText(result, { exact: true }).click();
    await dialog.getByLabel(say.note).fill(note);
    await dialog.getByRole("button", { name: say.save, exact: true }).click();
    await expect(dialog).toBeHidden();
    await expect(page.getByRole("region", { name: say.contacts }).getByText(note)).toBeVisible();
  };
  const tick = async (page: Page, step: string) => {
    const box = page.getByRole("region", { name: say.steps }).getByRole("checkbox", { name: say.done(step), exact: true });
    await box.click();
    await expect(box).toBeChecked();
  };
  const end = async (page: Page, outcome: string) => {
    await page.keyboard.press("e");
    const dialog = page.getByRole("dialog");
    await dialog.getByRole("radio", { name: outcome, exact: true }).click();
    await expect(dialog.getByText(say.toSolved)).toBeVisible();
    await dialog.getByRole("button", { name: say.end, exact: true }).click();
    await expect(dialog).toBeHidden();
  };

  test.describe(language, () => {
    test.use({ locale: language });
    test.afterEach(({ page }) => forgetLanguage(page));

    test("Amazon feedback goes its three steps: removal, the buyer, one neutral sentence", async ({ page, demo }) => {
      await signIn(page, demo.url, personOf(demo, "owner"));
      await speak(page, language);
      const order = `114-1234567-000000${own}`;
      await bring(page, demo.url, "amazon-us", `Feedback ${language}`, [
        ["Order ID", "Rating", "Comments", "Date", "Object"],
        [order, "1", "The seller sent the wrong colour and never answered me", ago(3), "seller_feedback"],
      ]);
      await openCase(page, demo.url, order);
      const steps = page.getByRole("region", { name: say.steps });
      await expect(steps.getByRole("listitem").filter({ hasText: say.removal })).toBeVisible();
      await expect(page.getByRole("list", { name: say.forbidden })).toContainText(say.onlyPlatform);
      await tick(page, say.removal);
      await log(page, say.message, say.promised, `told us the size ${language}`);
      await tick(page, say.contact);
      await tick(page, say.solve);
      await expect(page.getByRole("region", { name: say.next })).toBeVisible();

      await page.keyboard.press("w");
      const dialog = page.getByRole("dialog");
      await dialog.getByText(say.buyer, { exact: true }).click();
      await dialog.getByRole("button", { name: say.wait, exact: true }).click();
      await expect(page.getByRole("region", { name: say.next }).getByText(say.waits)).toBeVisible();
      await page.getByRole("button", { name: say.undo }).click();
      await expect(page.getByRole("region", { name: say.next }).getByText(say.waits)).toBeHidden();

      await end(page, say.revised);
      await expect(page.getByText(say.over, { exact: true })).toBeVisible();
      await page.getByRole("button", { name: say.close, exact: true }).click();
      await expect(page.getByRole("button", { name: say.close, exact: true })).toBeHidden();
      await expect(page.getByText(say.over, { exact: true })).toBeVisible();
    });

    test("on Taobao the missing rating of the buyer comes first, and calls are told apart", async ({ page, demo }) => {
      await signIn(page, demo.url, personOf(demo, "owner"));
      await speak(page, language);
      const order = `770000000000${own}`;
      await bring(page, demo.url, "taobao", `淘宝 ${language}`, [
        ["订单编号", "评价内容", "评分", "评价时间", "买家昵称", "双方互评"],
        [order, "杯子漏水，客服也不理人", "1", ago(3), `买家互评${own}`, "否"],
      ]);
      await page.goto(`${demo.url}/`);
      await expect(page.getByRole("heading", { name: say.today, level: 1 })).toBeVisible();
      await page.getByRole("link", { name: say.new }).click();
      await expect(page.getByRole("table", { name: say.cases }).getByText("杯子漏水").first()).toBeVisible();
      await openCase(page, demo.url, order);
      await expect(page.getByRole("region", { name: say.steps }).locator("[aria-current=step]")).toContainText(say.rate);
      await page.getByRole("button", { name: say.mark }).click();
      await expect(page.getByRole("checkbox", { name: say.done(say.rate), exact: true })).toBeChecked();
      await log(page, say.phone, say.noAnswer, `no answer ${language}`);
      await log(page, say.message, say.talked, `will look ${language}`);
      await expect(page.getByText(say.reached)).toBeVisible();
      await end(page, say.revised);
      await expect(page.getByText(say.over, { exact: true })).toBeVisible();
      await page.getByRole("button", { name: say.close, exact: true }).click();
      const { cases } = await asked<{ cases: { state: string; outcome: string }[] }>(page, demo.url, `cases?order=${order}`);
      await expect.poll(async () => (await asked<{ cases: { state: string }[] }>(page, demo.url, `cases?order=${order}`)).cases[0]?.state).toBe("closed");
      expect(cases[0]?.outcome).toBe("revised");
    });

    test("a refund asked for while the parcel is on its way changes when the buyer insists", async ({ page, demo }) => {
      await signIn(page, demo.url, personOf(demo, "owner"));
      await speak(page, language);
      const order = `780000000000${own}`;
      await bring(page, demo.url, "taobao", `在途 ${language}`, [
        ["订单编号", "订单状态", "付款时间", "发货时间", "实付金额", "评价内容", "评分", "评价时间", "买家昵称"],
        [order, "卖家已发货", ago(60), ago(50), "129.00", "怎么还没到，不想等了", "1", ago(2), `买家在途${own}`],
      ]);
      await openCase(page, demo.url, order);
      const wants = page.getByRole("region", { name: say.wants });
      await wants.getByRole("combobox", { name: say.asks }).click();
      await page.getByTitle(say.refund, { exact: true }).last().click();
      const aftersales = page.getByRole("region", { name: say.aftersales });
      await expect(aftersales.getByText(say.waitFor, { exact: true })).toBeVisible();
      await wants.getByRole("group", { name: say.insists }).getByText(say.yes, { exact: true }).click();
      await expect(aftersales.getByText(say.intercept, { exact: true }).first()).toBeVisible();
      await page.reload();
      await expect(aftersales.getByText(say.intercept, { exact: true }).first()).toBeVisible();
    });
  });
}
