import { csvFile, gbkFile, review } from "../support/files";
import { expect, forgetLanguage, type Page, personOf, signIn, speak, test } from "../support/desk";
import type { Server } from "../support/server";
import { languages } from "../support/words";

test.use({ locale: "zh-CN" });

const done = { timeout: 30_000 };

const words = {
  "zh-CN": {
    reviews: "评价", correct: "更正", dialog: "更正这条评价的判断", primary: "主要原因", carrier: "快递", fault: "责任方", note: "说明（选填）", save: "保存更正", saved: "已更正",
    undo: "撤销更正", undone: "已撤销更正", list: "更正", logistics: "物流", quality: "质量", machine: "机器判断：", why: "为什么这样判断", told: "“质量”是从哪些话看出来的", rule: "规则词：说法本身就写明了原因",
    train: "用更正训练模型", outcome: "训练结果", zhCause: "中文原因和责任方", used: /更准，已换上|没有更准/,
  },
  "en-US": {
    reviews: "Reviews", correct: "Correct", dialog: "Correct how this review was read", primary: "Main cause", carrier: "Carrier", fault: "Fault", note: "Note (optional)", save: "Save correction", saved: "Corrected",
    undo: "Undo correction", undone: "Correction undone", list: "Corrections", logistics: "Delivery", quality: "Quality", machine: "The machine read:", why: "Why it was judged so", told: "What “Quality” was read from", rule: "written rule: these words name the cause",
    train: "Train from corrections", outcome: "What came of the training", zhCause: "Chinese causes and fault", used: /Better, now in use|Not better, not used/,
  },
} as const;

async function bring(page: Page, demo: Server, shop: string, file: ReturnType<typeof csvFile>): Promise<void> {
  await page.goto(`${demo.url}/imports`);
  await page.locator("input[type=file]").setInputFiles(file);
  await page.getByLabel("导入到哪家店铺").click();
  // A shop of this name that is there already is the one.
  await page.getByTitle("新建店铺…").click();
  await page.getByLabel("店铺名称").fill(shop);
  await page.getByRole("button", { name: "下一步" }).click();
  await page.getByRole("button", { name: "导入", exact: true }).click(done);
  await expect(page.getByRole("heading", { name: "导入完成", exact: true })).toBeVisible(done);
}

async function choose(page: Page, field: string, value: string): Promise<void> {
  await page.getByRole("dialog", { name: /更正|Correct/ }).getByRole("combobox", { name: field }).click();
  await page.getByRole("option", { name: value, exact: true }).or(page.locator(".ant-select-item-option").getByText(value, { exact: true })).last().click();
}

for (const language of languages) {
  test(`a reading is explained, corrected, kept over a second import and taken back (${language})`, async ({ page, demo }) => {
    const w = words[language];
    const text = `箱子摔烂了，里面的杯子质量也差，穿了两天就开线 ${language}`;
    const file = gbkFile(`更正${language}.csv`, [review(language === "zh-CN" ? 700 : 701, text, 1)]);
    await signIn(page, demo.url, personOf(demo, "owner"));
    await bring(page, demo, `更正店${language}`, file);
    await speak(page, language);

    await page.goto(`${demo.url}/reviews?q=${encodeURIComponent("箱子摔烂了")}`);
    await page.getByRole("table", { name: w.reviews }).getByRole("link", { name: new RegExp(language) }).first().click();
    const drawer = page.getByRole("dialog").first();
    const why = drawer.getByRole("region", { name: w.why });
    await why.getByRole("button", { name: w.quality }).click();
    await expect(why.getByRole("list", { name: w.told }).getByText(w.rule).first()).toBeVisible();

    await why.getByRole("button", { name: w.correct, exact: true }).click();
    const dialog = page.getByRole("dialog", { name: w.dialog });
    await expect(dialog.getByRole("button", { name: w.save })).toBeDisabled();
    await choose(page, w.primary, w.logistics);
    await choose(page, w.fault, w.carrier);
    await dialog.getByLabel(w.note).fill("说的是快递");
    await dialog.getByRole("button", { name: w.save }).click();
    await expect(page.getByText(w.saved, { exact: false }).first()).toBeVisible();
    const list = why.getByRole("list", { name: w.list });
    await expect(list.getByText("说的是快递")).toBeVisible();
    await expect(why.getByText(w.machine).first()).toBeVisible();
    const address = page.url();

    // The list and its filter go by it, and the same file again changes nothing.
    await page.goto(`${demo.url}/reviews?cause=logistics&fault=carrier&q=${encodeURIComponent("箱子摔烂了")}`);
    await expect(page.getByRole("table", { name: w.reviews }).getByText(text, { exact: true })).toBeVisible();
    await speak(page, "zh-CN");
    await bring(page, demo, `更正店${language}`, file);
    await speak(page, language);
    await page.goto(address);
    await expect(list.getByText("说的是快递")).toBeVisible();
    await expect(why.getByText(w.machine).first()).toBeVisible();

    await list.getByRole("button", { name: w.undo }).click();
    await expect(page.getByText(w.undone, { exact: true })).toBeVisible();
    await expect(why.getByText(w.machine)).toHaveCount(0);
    await expect(list.getByText("说的是快递")).toBeVisible();
    await forgetLanguage(page);
  });

  test(`corrections train the models, and both scores are shown (${language})`, async ({ page, demo }) => {
    const w = words[language];
    const strange = language === "zh-CN" ? "花花了" : "毛毛了";
    const rows = Array.from({ length: 30 }, (_, at) => review((language === "zh-CN" ? 800 : 900) + at, `第${at}次买，收到又是${strange}`, 1));
    await signIn(page, demo.url, personOf(demo, "owner"));
    await bring(page, demo, `学习店${language}`, gbkFile(`学习${language}.csv`, rows));
    const made = await page.evaluate(async (query) => {
      const { reviews } = await (await fetch(`/api/v1/reviews?limit=100&q=${encodeURIComponent(query)}`)).json();
      const headers = { "Content-Type": "application/json", "X-Pingxin": "1" };
      const body = JSON.stringify({ causes: ["wrong_missing"], fault: "seller" });
      const answers = [];
      for (const { id } of reviews) answers.push((await fetch(`/api/v1/reviews/${id}/corrections`, { method: "POST", headers, body })).status);
      return answers;
    }, strange);
    expect(made).toEqual(Array.from({ length: 30 }, () => 201));

    await speak(page, language);
    await page.goto(`${demo.url}/settings/reading`);
    await page.getByRole("button", { name: w.train }).click();
    const row = page.getByRole("table", { name: w.outcome }).first().getByRole("row").filter({ hasText: w.zhCause });
    // Trained a second time on the same desk, it need not get better.
    await expect(row.getByText(w.used)).toBeVisible({ timeout: 90_000 });
    await expect(row.getByText(/%/)).toHaveCount(2);
    await forgetLanguage(page);
  });
}

test("who may only look corrects nothing", async ({ page, demo }) => {
  await signIn(page, demo.url, demo.addPerson("watcher", "read_only"));
  await page.goto(`${demo.url}/reviews?rating=1`);
  await page.getByRole("table", { name: "评价" }).getByRole("link").first().click();
  await expect(page.getByRole("region", { name: "为什么这样判断" })).toBeVisible();
  await expect(page.getByRole("button", { name: "更正", exact: true })).toHaveCount(0);
});
