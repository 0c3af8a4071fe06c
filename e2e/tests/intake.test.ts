import { expect, personOf, signIn, test } from "../support/desk";

const words = {
  "zh-CN": {
    today: "工作台", fresh: "新建跟进单", open: "新建", number: "订单号", dispute: "纠纷类型", stepIn: "平台介入", proof: "举证期限", said: "投诉或申请的内容",
    needDispute: "请选择纠纷类型", needNumber: "请填订单号或买家", kind: "纠纷单", file: /提交举证|举证材料/, deadline: "举证期限（人工填写）", taken: /已有跟进单/, openThat: /^打开跟进单/,
  },
  "en-US": {
    today: "Today", fresh: "New case", open: "Open the case", number: "Order number", dispute: "Kind of dispute", stepIn: "Platform intervention", proof: "Last time for proof", said: "What was said",
    needDispute: "say what kind of dispute it is", needNumber: "name the order or the buyer", kind: "Dispute", file: /proof/, deadline: "last time for proof (typed)", taken: /is about this already/, openThat: /^Open case/,
  },
} as const;

for (const language of ["zh-CN", "en-US"] as const) {
  const say = words[language];

  test.describe(language, () => {
    test.use({ locale: language });

    test("a dispute is opened by hand, with its last time for proof, and only once", async ({ page, demo }) => {
      await signIn(page, demo.url, personOf(demo, "agent"));
      await expect(page.getByRole("heading", { name: say.today })).toBeVisible();
      await page.goto(`${demo.url}/cases`);
      await page.getByRole("link", { name: say.fresh }).click();
      await expect(page.getByRole("heading", { name: say.fresh })).toBeVisible();

      const { shops } = (await (await page.request.get(`${demo.url}/api/v1/shops`)).json()) as { shops: { id: string; platform: string }[] };
      const shop = shops.find(({ platform }) => platform === "taobao" || platform === "tmall")!.id;
      const order = `D-${language}`;
      const fill = async () => {
        await page.goto(`${demo.url}/cases/new?kind=dispute&shop=${shop}&order=${order}`);
        await page.getByLabel(say.dispute).click();
        await page.getByTitle(say.stepIn, { exact: true }).click();
        await page.getByLabel(say.proof).fill("2099-01-01 10:00");
        await page.getByLabel(say.proof).press("Enter");
        await page.getByLabel(say.said).fill("没收到货，平台要我们举证");
        await page.getByLabel(say.said).press("Control+Enter");
      };

      // What is missing stands beside its field, and what was typed stays.
      await page.goto(`${demo.url}/cases/new?kind=dispute&shop=${shop}`);
      await page.getByLabel(say.said).fill("没收到货");
      await page.getByRole("button", { name: say.open, exact: true }).click();
      await expect(page.getByText(say.needDispute)).toBeVisible();
      await expect(page.getByText(say.needNumber)).toBeVisible();
      await expect(page.getByLabel(say.said)).toHaveValue("没收到货");

      await fill();
      await expect(page.getByText("没收到货，平台要我们举证").first()).toBeVisible();
      await expect(page.getByText(say.kind, { exact: true }).first()).toBeVisible();
      await expect(page.getByText(say.deadline).first()).toBeVisible();
      await expect(page.getByText(say.file).first()).toBeVisible();
      const address = page.url();

      await fill();
      await expect(page.getByText(say.taken)).toBeVisible();
      await page.getByRole("link", { name: say.openThat }).click();
      await expect(page).toHaveURL(address);

      await page.goto(`${demo.url}/cases?kind=dispute`);
      await expect(page.getByRole("link", { name: /没收到货，平台要我们举证/ }).first()).toBeVisible();
    });
  });
}
