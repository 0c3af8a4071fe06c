import { asked } from "../support/colleagues";
import { expect, personOf, signIn, test } from "../support/desk";

const words = {
  "zh-CN": {
    nav: "主菜单", measures: "指标", service: "发货与回复", unit: "近 30 天", late: /^迟发率/, orders: "订单", history: "走势", folk: "显示民间说法的指标", points: /分/,
    rules: "平台规则", sheet: "路径单（可打印）", sheetTitle: "淘宝：在哪里办", file: "店铺：评价申诉在哪里提交", buyer: "买家自己怎么改或删", say: "给买家的话（中文）", path: /自助服务/, own: /改为好评，或者删除，只能改一次/, all: "全部",
  },
  "en-US": {
    nav: "Main menu", measures: "Figures", service: "Sending and answering", unit: "Last 30 days", late: /^Late shipment rate/, orders: "Orders", history: "How it went", folk: "Show folk models", points: /points/,
    rules: "Platform rules", sheet: "Path sheet (to print)", sheetTitle: "Taobao: where it is done", file: "Shop: where a removal request is filed", buyer: "How a buyer changes or removes it himself", say: "Words for the buyer (English)", path: /Self-service/, own: /change a neutral or bad rating to a good one or delete it, once/, all: "All time",
  },
} as const;

interface Shops {
  shops: { id: string; platform: string }[];
}
interface Figures {
  service: { code: string; days: number; numerator: number; denominator: number; uncounted: number; from: string; to: string }[];
  groups: { object: string; windows: { window: string; from: string | null; total: number; positive: number }[] }[];
}

for (const language of ["zh-CN", "en-US"] as const) {
  const say = words[language];

  test.describe(language, () => {
    test.use({ locale: language });

    test("each number of a figure opens the list that it counts", async ({ page, demo }) => {
      await signIn(page, demo.url, personOf(demo, "owner"));
      const { shops } = await asked<Shops>(page, demo.url, "shops");
      const shop = shops.find(({ platform }) => platform === "taobao")?.id ?? "";
      const figures = await asked<Figures>(page, demo.url, `shops/${shop}/measures`);
      const late = figures.service.find(({ code, days }) => code === "late_shipment_rate" && days === 30);
      expect(late?.denominator).toBeGreaterThan(0);
      for (const [part, many] of [["numerator", late?.numerator], ["denominator", late?.denominator], ["unknown", late?.uncounted]] as const) {
        const query = new URLSearchParams({ shop, measure: "late_shipment_rate", part, from: late?.from ?? "", to: late?.to ?? "" });
        const { count } = await asked<{ count: { value: number } }>(page, demo.url, `orders?${query.toString()}`);
        expect(count.value, part).toBe(Math.min(1000, many ?? -1));
      }
      const month = figures.groups[0]?.windows.find(({ window }) => window === "30");
      await page.goto(`${demo.url}/measures?shop=${shop}`);
      await expect(page.getByRole("heading", { name: say.measures, level: 1 })).toBeVisible();
      const row = page.getByRole("table", { name: say.service }).or(page.getByRole("region", { name: say.service })).getByRole("row").filter({ hasText: say.unit }).filter({ hasText: say.late });
      await row.getByRole("link").nth(1).click();
      await expect(page).toHaveURL(/\/orders\?.*measure=late_shipment_rate&part=denominator/);
      await expect(page.getByRole("heading", { name: say.orders, level: 1 })).toBeVisible();
      await expect(page.getByRole("button", { name: /./ }).first()).toBeVisible();
      await page.goBack();
      await expect(page.getByRole("heading", { name: say.history, level: 2 })).toBeVisible();
      // The window of a rate is told to the list to the instant, and only what counts is in it.
      const query = new URLSearchParams({ shop, object: figures.groups[0]?.object ?? "", from: month?.from ?? "", counted: "true" });
      const { count } = await asked<{ count: { value: number } }>(page, demo.url, `reviews?${query.toString()}`);
      expect(count.value).toBe(Math.min(1000, month?.total ?? -1));
    });

    test("what only sellers tell each other is off until somebody turns it on", async ({ page, demo }) => {
      await signIn(page, demo.url, personOf(demo, "owner"));
      const { shops } = await asked<Shops>(page, demo.url, "shops");
      const shop = shops.find(({ platform }) => platform.startsWith("amazon"))?.id ?? "";
      await page.goto(`${demo.url}/measures?shop=${shop}`);
      await expect(page.getByRole("heading", { name: say.measures, level: 1 })).toBeVisible();
      const toggle = page.getByRole("switch", { name: say.folk });
      await expect(toggle).not.toBeChecked();
      await toggle.click();
      await expect(toggle).toBeChecked();
      const { buy_box: box } = await asked<{ buy_box: { points: number } | null }>(page, demo.url, `shops/${shop}/measures`);
      expect(box).not.toBeNull();
      // The demo is shared.
      await toggle.click();
      await expect(toggle).not.toBeChecked();
      expect((await asked<{ buy_box: unknown }>(page, demo.url, `shops/${shop}/measures`)).buy_box).toBeNull();
    });

    test("a sheet to print says where things are done, also in the buyer's words", async ({ page, demo }) => {
      await signIn(page, demo.url, personOf(demo, "owner"));
      await page.goto(`${demo.url}/rules/taobao`);
      await expect(page.getByRole("heading", { name: say.rules, level: 1 })).toBeVisible();
      await page.getByRole("link", { name: say.sheet }).click();
      await expect(page.getByRole("heading", { name: say.sheetTitle, level: 1 })).toBeVisible();
      await expect(page.getByRole("region", { name: say.file })).toContainText(say.path);
      await expect(page.getByRole("region", { name: say.buyer }).getByRole("textbox", { name: say.say })).toHaveValue(say.own);
      await page.emulateMedia({ media: "print" });
      await expect(page.getByRole("navigation", { name: say.nav })).toBeHidden();
      await expect(page.getByRole("heading", { name: say.sheetTitle, level: 1 })).toBeVisible();
    });
  });
}
