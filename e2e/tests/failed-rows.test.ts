import { readFileSync } from "node:fs";
import { gbkFile, review } from "../support/files";
import { expect, personOf, signIn, test } from "../support/desk";

test.use({ locale: "zh-CN" });

test("rows that cannot be read are named by line, column, value and reason", async ({ page, demo }) => {
  await signIn(page, demo.url, personOf(demo, "owner"));
  await page.goto(`${demo.url}/imports`);
  await page.locator("input[type=file]").setInputFiles(
    gbkFile("坏行.csv", [review(700, "好的一行", 5), review(701, "星级写错的一行", "９x"), review(702, "又是好的一行", 4)]),
  );
  await page.getByLabel("导入到哪家店铺").click();
  await page.getByTitle("新建店铺…").click();
  await page.getByLabel("店铺名称").fill("坏行店");
  await page.getByRole("button", { name: "下一步" }).click();
  // Told before anything is written, and again with the result.
  await expect(page.getByRole("table", { name: "导入后的样子" }).getByText(/评分: ９x/)).toBeVisible();
  await page.getByRole("button", { name: "导入", exact: true }).click();

  await expect(page.getByRole("heading", { name: "导入完成，有 1 行没有导入" })).toBeVisible({ timeout: 30_000 });
  const row = page.getByRole("table", { name: "没有导入的行" }).getByRole("row").filter({ hasText: "９x" });
  await expect(row.getByRole("cell").nth(0)).toHaveText("3");
  await expect(row.getByRole("cell").nth(1)).toHaveText("评分");
  await expect(row.getByRole("cell").nth(3)).not.toBeEmpty();

  const download = page.waitForEvent("download");
  await page.getByRole("button", { name: "下载失败行" }).click();
  const text = readFileSync(await (await download).path(), "utf8");
  const [head = "", only = "", ...rest] = text.replace("\uFEFF", "").trim().split("\r\n");
  expect(head).toBe("订单编号,商品标题,评价内容,评分,评价时间,买家昵称,导入失败原因");
  expect(only).toContain("星级写错的一行,９x,");
  expect(rest).toEqual([]);
});

test("a trial run writes nothing and shows what each column was read as", async ({ page, demo }) => {
  const special = "试运行里才有的句子";
  await signIn(page, demo.url, personOf(demo, "owner"));
  await page.goto(`${demo.url}/imports`);
  await page.locator("input[type=file]").setInputFiles(gbkFile("试.csv", [review(800, special, 1)]));
  await page.getByLabel("导入到哪家店铺").click();
  await page.getByTitle("新建店铺…").click();
  await page.getByLabel("店铺名称").fill("试运行店");
  await page.getByRole("button", { name: "下一步" }).click();
  await expect(page.getByRole("combobox", { name: "评价内容: 读成" })).toBeVisible();
  await page.getByRole("button", { name: "先试一遍" }).click();
  await expect(page.getByRole("heading", { name: "试运行完成，什么都没有写入" })).toBeVisible({ timeout: 30_000 });
  const columns = page.getByRole("table", { name: "列的对应" });
  await expect(columns.getByRole("row").filter({ hasText: special }).getByRole("cell").nth(1)).toHaveText("评价内容");
  await expect(page.getByRole("button", { name: "正式导入" })).toBeVisible();
  await page.getByRole("search").getByRole("combobox").fill(special);
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { name: "没有符合条件的评价" })).toBeVisible();
});

test("nothing is sent before a file and a shop are chosen", async ({ page, demo }) => {
  await signIn(page, demo.url, personOf(demo, "owner"));
  await page.goto(`${demo.url}/imports`);
  await page.getByRole("button", { name: "下一步" }).click();
  await expect(page.getByText("请先选一个文件。")).toBeVisible();
  await expect(page.getByText("请选择店铺，或新建一家。")).toBeVisible();
});
