import { readFileSync } from "node:fs";
import { csvFile, gbkFile, review } from "../support/files";
import { expect, type Page, personOf, signIn, test } from "../support/desk";
import type { Server } from "../support/server";

test.use({ locale: "zh-CN" });

type File = ReturnType<typeof csvFile>;

const done = { timeout: 30_000 };

async function drop(page: Page, demo: Server, shop: string, ...files: File[]): Promise<void> {
  await page.goto(`${demo.url}/imports`);
  await page.locator("input[type=file]").setInputFiles(files);
  await page.getByLabel("导入到哪家店铺").click();
  await page.getByTitle("新建店铺…").click();
  await page.getByLabel("店铺名称").fill(shop);
  await page.getByRole("button", { name: "下一步" }).click();
}

/** Says what a column is, by keys alone. */
async function read(page: Page, column: string, field: string): Promise<void> {
  await page.getByRole("combobox", { name: `${column}: 读成` }).click();
  await page.keyboard.type(field);
  await page.keyboard.press("Enter");
}

async function count(page: Page, name: string): Promise<string> {
  return page.locator("dl > div").filter({ has: page.getByText(name, { exact: true }) }).locator("dd").innerText();
}

const confirm = (page: Page) => page.getByRole("button", { name: "导入", exact: true });

test("a file of unknown columns is mapped once and recognised the next time", async ({ page, demo }) => {
  const heads = ["甲列", "乙列", "丙列"];
  await signIn(page, demo.url, personOf(demo, "owner"));
  await drop(page, demo, "怪表店", csvFile("怪表.csv", [heads, ["甲乙丙里的第一句", "1", "10/11/2026"], ["还行吧", "4", "11/11/2026"], ["挺好", "5", "12/11/2026"]]));

  await expect(page.getByRole("heading", { name: "还看不出这个文件里是什么" })).toBeVisible();
  await expect(confirm(page)).toBeDisabled();
  await read(page, "甲列", "评价内容");
  await read(page, "乙列", "星级");
  await read(page, "丙列", "评价时间");

  const question = page.getByRole("group", { name: /10\/11\/2026 是 10月11日 还是 11月10日/ });
  await question.getByRole("radio", { name: /11月10日/ }).check();
  const preview = page.getByRole("table", { name: "导入后的样子" });
  await expect(preview.getByText("甲乙丙里的第一句")).toBeVisible();
  await expect(preview.getByText(/2026\/11\/10/)).toBeVisible();
  await expect(preview.getByText(/2026\/10\/11/)).toHaveCount(0);

  await page.getByLabel("记住这种表格，下次自动识别").check();
  await page.getByLabel("模板名称").fill("甲乙丙表");
  await confirm(page).click();
  await expect(page.getByRole("heading", { name: "导入完成", exact: true })).toBeVisible(done);
  expect(await count(page, "新增")).toBe("3");

  await drop(page, demo, "怪表店", csvFile("怪表2.csv", [heads, ["第二个文件", "2", "01/12/2026"]]));
  await expect(page.getByRole("heading", { name: /^认出来了：甲乙丙表/ })).toBeVisible();
  await expect(page.getByRole("radio")).toHaveCount(0);
  await confirm(page).click();
  await expect(page.getByRole("heading", { name: "导入完成", exact: true })).toBeVisible(done);
  expect(await count(page, "新增")).toBe("1");

  await page.goto(`${demo.url}/settings/profiles`);
  const saved = page.getByRole("table", { name: "文件模板" }).getByRole("row").filter({ hasText: "甲乙丙表" });
  const download = page.waitForEvent("download");
  await saved.getByRole("link", { name: "导出模板 甲乙丙表" }).click();
  const profile = JSON.parse(readFileSync(await (await download).path(), "utf8"));
  expect(profile.columns).toContainEqual({ column: "丙列", field: "created", date_order: "dmy" });
  await saved.getByRole("button", { name: "删除模板 甲乙丙表" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "删除" }).click();
  await expect(saved).toHaveCount(0);
});

test("a draft that is thrown away leaves nothing behind", async ({ page, demo }) => {
  await signIn(page, demo.url, personOf(demo, "owner"));
  await drop(page, demo, "丢弃店", gbkFile("丢弃.csv", [review(300, "这句话不会被写入", 1)]));
  await page.getByRole("button", { name: "丢弃这个文件" }).click();
  await expect(page).toHaveURL(`${demo.url}/imports`);
  await expect(page.getByRole("table", { name: "导入记录" }).getByText("丢弃.csv")).toHaveCount(0);
  await page.getByRole("search").getByRole("combobox").fill("这句话不会被写入");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { name: "没有符合条件的评价" })).toBeVisible();
});

test("files dropped together go in together once the first is confirmed", async ({ page, demo }) => {
  await signIn(page, demo.url, personOf(demo, "owner"));
  const files = [1, 2, 3].map((number) => gbkFile(`一起${number}.csv`, [review(310 + number, `一起导入的第 ${number} 个文件`, 5)]));
  await drop(page, demo, "一起店", ...files);
  const together = page.getByRole("navigation", { name: "一起拖进来的文件" });
  await expect(together.getByRole("link")).toHaveCount(3);
  await confirm(page).click();
  await together.getByRole("button", { name: "其余 2 个文件按同样方式导入" }).click();
  await expect(together.getByText("已确认")).toHaveCount(3);
  await together.getByRole("link", { name: /一起3\.csv/ }).click();
  await expect(page.getByRole("heading", { name: "导入完成", exact: true })).toBeVisible(done);
});

test("failed rows are taken out, mended and brought in", async ({ page, demo }) => {
  await signIn(page, demo.url, personOf(demo, "owner"));
  await drop(page, demo, "改行店", gbkFile("改行.csv", [review(400, "好的一行", 5), review(401, "等着改好的一行", "９x")]));
  await confirm(page).click();
  await expect(page.getByRole("heading", { name: "导入完成，有 1 行没有导入" })).toBeVisible(done);

  const download = page.waitForEvent("download");
  await page.getByRole("button", { name: "下载失败行" }).click();
  const mended = readFileSync(await (await download).path(), "utf8").replace("９x", "1");
  const choosing = page.waitForEvent("filechooser");
  await page.getByRole("button", { name: "导入改好的文件" }).click();
  await (await choosing).setFiles({ name: "改好.csv", mimeType: "text/csv", buffer: Buffer.from(mended, "utf8") });

  await expect(page.getByRole("heading", { name: "导入完成", exact: true })).toBeVisible(done);
  await expect(page.getByText("改好.csv").first()).toBeVisible();
  expect(await count(page, "新增")).toBe("1");
  expect(await count(page, "失败")).toBe("0");
});

test("an import is undone after saying what that does, and keeps what was worked on", async ({ page, demo }) => {
  await signIn(page, demo.url, personOf(demo, "owner"));
  await drop(page, demo, "撤销店", gbkFile("撤销.csv", [review(500, "撤销掉的差评，质量太差", 1), review(501, "有人跟进的差评，质量太差", 1), review(502, "撤销掉的好评", 5)]));
  await confirm(page).click();
  await expect(page.getByRole("heading", { name: "导入完成", exact: true })).toBeVisible(done);
  const address = page.url();

  await page.getByRole("link", { name: "查看跟进单" }).click();
  await page.getByRole("table", { name: "跟进" }).getByRole("link", { name: /有人跟进的差评/ }).click();
  await page.getByRole("button", { name: "我来跟进" }).click();
  await expect(page.getByText("由你跟进。")).toBeVisible();

  await page.goto(address);
  await page.getByRole("button", { name: "撤销这次导入" }).click();
  const dialog = page.getByRole("dialog");
  await expect(dialog.getByRole("region", { name: "会保留的" }).getByText(/有人跟进的差评/)).toBeVisible();
  await expect(dialog.getByRole("link", { name: /^跟进单 \d+/ }).first()).toBeVisible();
  await dialog.getByRole("button", { name: /^撤销：删除 2 条评价/ }).click();
  await expect(page.getByRole("heading", { name: "已撤销这次导入" })).toBeVisible(done);
  await expect(page.getByRole("button", { name: "撤销这次导入" })).toHaveCount(0);

  for (const [words, there] of [["撤销掉的", false], ["有人跟进的差评", true]] as const) {
    await page.goto(`${demo.url}/reviews?q=${encodeURIComponent(words)}`);
    if (there) await expect(page.getByRole("table", { name: "评价" }).getByText(words)).toBeVisible();
    else await expect(page.getByRole("heading", { name: "没有符合条件的评价" })).toBeVisible();
  }
});

test("a chat stands beside the case of its order", async ({ page, demo }) => {
  const { order } = review(600, "", 1);
  await signIn(page, demo.url, personOf(demo, "owner"));
  await drop(page, demo, "聊天店", gbkFile("聊天店评价.csv", [review(600, "聊过天的差评，质量太差", 1)]));
  await confirm(page).click();
  await page.getByRole("link", { name: "查看跟进单" }).click(done);
  await page.getByRole("table", { name: "跟进" }).getByRole("link", { name: /聊过天的差评/ }).click();
  const chat = page.getByRole("region", { name: "聊天记录" });
  await expect(chat.getByText("还没有聊天记录")).toBeVisible();
  const address = page.url();

  await chat.getByRole("link", { name: "导入聊天记录" }).click();
  const heads = ["订单编号", "发送时间", "发送人", "发送方类型", "消息内容"];
  await drop(page, demo, "聊天店", csvFile("聊天.csv", [
    heads,
    [order, "2026-11-02 09:00:00", "买家600", "买家", "收到就裂了，打我电话 13812345678"],
    [order, "2026-11-03 09:05:00", "聊天店:小林", "卖家", "马上给您补发一个"],
  ]));
  await expect(page.getByRole("heading", { name: /聊天记录/ })).toBeVisible();
  await confirm(page).click();
  await expect(page.getByRole("heading", { name: "导入完成", exact: true })).toBeVisible(done);
  expect(await count(page, "新增")).toBe("2");

  await page.goto(address);
  const log = page.getByRole("log", { name: "聊天记录" });
  await expect(log.getByText("马上给您补发一个")).toBeVisible();
  await expect(log.getByText("聊天店:小林")).toBeVisible();
  await expect(log.getByText(/收到就裂了/)).not.toContainText("13812345678");
  await expect(log.locator("section")).toHaveCount(2);
});

test("a figure that only the platform's page shows is typed in and taken away", async ({ page, demo }) => {
  await signIn(page, demo.url, personOf(demo, "owner"));
  await page.goto(`${demo.url}/imports`);
  await page.getByRole("button", { name: "手工录入平台指标" }).click();
  await page.getByLabel("店铺", { exact: true }).last().click();
  await page.keyboard.press("Enter");
  await page.getByLabel("指标", { exact: true }).fill("真实体验分");
  await page.getByLabel("数值").fill("3.33");
  await page.getByRole("button", { name: "记下" }).click();
  const list = page.getByRole("list", { name: "最近录入" });
  await expect(list.getByText("真实体验分 3.33")).toBeVisible();
  await list.getByRole("button", { name: "删除 真实体验分 3.33" }).click();
  await page.getByRole("button", { name: "删除", exact: true }).click();
  await expect(list.getByText("真实体验分 3.33")).toHaveCount(0);
});
