import { gbkFile, review } from "../support/files";
import { expect, forgetLanguage, type Page, personOf, signIn, speak, test } from "../support/desk";

const words = {
  "zh-CN": {
    imports: "导入", title: "导入", choose: "导入到哪家店铺", newShop: "新建店铺…", shopName: "店铺名称", next: "下一步", submit: "导入", done: "导入完成",
    preview: "导入后的样子", new: "新增", unchanged: "没变化", search: "搜索评价、订单号、昵称、商品", reviews: "评价", openCase: /^打开跟进单/, casePage: /^跟进单 \d+/, why: "为什么要跟进",
    lowStars: "买家打了 1 星，三星及以下都要跟进。", quality: "质量", otherWhy: "Why it needs you",
  },
  "en-US": {
    imports: "Import", title: "Import", choose: "Import into shop", newShop: "New shop…", shopName: "Shop name", next: "Next", submit: "Import", done: "Imported",
    preview: "As it will be stored", new: "New", unchanged: "Unchanged", search: "Search reviews, orders, nicks, products", reviews: "Reviews", openCase: /^Open case/, casePage: /^Case \d+/, why: "Why it needs you",
    lowStars: "The buyer gave 1 of 5 stars; three and fewer are always followed up.", quality: "Quality", otherWhy: "为什么要跟进",
  },
} as const;

async function count(page: Page, name: string): Promise<string> {
  return page.locator("dl > div").filter({ has: page.getByText(name, { exact: true }) }).locator("dd").innerText();
}

for (const language of ["zh-CN", "en-US"] as const) {
  const say = words[language];
  const shop = `测试店 ${language}`;
  // Words that no other review of the demo has, told apart by language, so that the search finds one.
  const special = language === "zh-CN" ? "杯盖漏水烫到手了" : "杯底生锈掉渣了";

  test.describe(language, () => {
    test.use({ locale: language });
    test.afterEach(({ page }) => forgetLanguage(page));

    test("a seller's file becomes a case on the screen", async ({ page, demo }) => {
      await signIn(page, demo.url, personOf(demo, "owner"));
      await speak(page, language);
      await page.getByRole("link", { name: say.imports }).click();
      await expect(page.getByRole("heading", { name: say.title, level: 1 })).toBeVisible();

      const rows = [
        review(1, `用了两天，${special}，质量太差`, 1),
        review(2, "很好用，保温效果不错，下次还来", 5),
        review(3, "一般般，颜色和图片不一样", 3),
        ...Array.from({ length: 40 }, (_, index) => review(10 + index, `第${index}个杯子收到了，挺好的`, 5)),
      ];
      await page.locator("input[type=file]").setInputFiles(gbkFile("评价.csv", rows));
      await page.getByLabel(say.choose).click();
      await page.getByTitle(say.newShop).click();
      await page.getByLabel(say.shopName).fill(shop);
      await page.getByRole("button", { name: say.next, exact: true }).click();
      await expect(page.getByRole("table", { name: say.preview }).getByText(special)).toBeVisible();
      await page.getByRole("button", { name: say.submit, exact: true }).click();

      await expect(page.getByRole("heading", { name: say.done })).toBeVisible({ timeout: 30_000 });
      expect(await count(page, say.new)).toBe("43");
      await expect(page.getByText("GB18030")).toBeVisible();

      await page.getByRole("search").getByRole("combobox", { name: say.search }).fill(special);
      await page.keyboard.press("Enter");
      const table = page.getByRole("table", { name: say.reviews });
      await expect(table.getByText(special)).toHaveCount(1);
      await table.getByRole("link", { name: new RegExp(special) }).click();
      const drawer = page.getByRole("dialog");
      await expect(drawer.getByRole("article")).toContainText(special);
      await expect(drawer.getByText(`评价.csv`)).toBeVisible();

      await drawer.getByRole("link", { name: say.openCase }).click();
      await expect(page.getByRole("heading", { name: say.casePage, level: 1 })).toBeVisible();
      await expect(page.getByText(say.lowStars)).toBeVisible();
      await expect(page.getByRole("article").locator("mark").first()).toBeVisible();

      await speak(page, language === "zh-CN" ? "en-US" : "zh-CN");
      await expect(page.getByRole("heading", { name: say.otherWhy })).toBeVisible();
      await page.reload();
      await expect(page.getByRole("heading", { name: say.otherWhy })).toBeVisible();
      await speak(page, "zh-CN");
    });

    test("the same file again adds nothing", async ({ page, demo }) => {
      const rows = [review(900, "同一个文件导入两次", 2), review(901, "不会变成两条", 4)];
      await signIn(page, demo.url, personOf(demo, "owner"));
      await speak(page, language);
      await page.getByRole("link", { name: say.imports }).click();
      await page.getByLabel(say.choose).click();
      await page.getByTitle(say.newShop).click();
      await page.getByLabel(say.shopName).fill(`${shop}, twice`);
      for (const expected of [say.new, say.unchanged]) {
        // The second time the form still knows the shop, which the first time made.
        await page.getByRole("link", { name: say.imports }).click();
        await page.locator("input[type=file]").setInputFiles(gbkFile("again.csv", rows));
        await page.getByRole("button", { name: say.next, exact: true }).click();
        await page.getByRole("button", { name: say.submit, exact: true }).click();
        await expect(page.getByRole("heading", { name: say.done })).toBeVisible({ timeout: 30_000 });
        await expect.poll(() => count(page, expected)).toBe("2");
      }
    });
  });
}
