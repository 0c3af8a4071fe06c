import type { Page } from "@playwright/test";
import { personOf, signIn, test } from "../support/desk";
import { gbkFile, review } from "../support/files";
import { startServer } from "../support/server";
import { contexts, take } from "./take";

async function firstLink(page: Page, url: string): Promise<string> {
  await page.goto(url);
  const link = page.getByRole("table").first().getByRole("link").first();
  await link.waitFor();
  return (await link.getAttribute("href")) ?? "/";
}

test("the demo", async ({ browser, demo }) => {
  test.setTimeout(600_000);
  const only = process.env.ONLY?.split(",");
  await contexts(browser, async (page, tag) => {
    const wanted = (name: string) => !only || only.includes(name);
    if (wanted("login")) {
      await page.goto(`${demo.url}/login?next=%2Freviews`);
      await take(page, "login", tag);
    }
    await signIn(page, demo.url, personOf(demo, "owner"));
    const settings = ["me", "security", "sessions", "tokens", "shops", "people", "teams", "tags", "calendar", "profiles", "merchant", "backups", "audit", "about"];
    for (const place of ["cases", "reviews", "orders", "buyers", "products", "side", "imports", "tasks", ...settings.map((part) => `settings/${part}`)]) {
      const name = place.replace("/", "-");
      if (!wanted(name)) continue;
      await page.goto(`${demo.url}/${place}`);
      await take(page, name, tag);
    }
    for (const [name, list] of [["order", "orders"], ["buyer", "buyers?sort=bad"], ["product", "products"]] as const) {
      if (!wanted(name)) continue;
      await page.goto(demo.url + (await firstLink(page, `${demo.url}/${list}`)));
      await take(page, name, tag);
    }
    if (wanted("chosen")) {
      await page.goto(`${demo.url}/reviews?rating=1&rating=2`);
      for (const row of [1, 2, 3]) await page.getByRole("table").getByRole("checkbox").nth(row).check();
      await take(page, "chosen", tag);
    }
    if (wanted("command")) {
      await page.goto(`${demo.url}/cases`);
      await page.getByRole("table").first().waitFor();
      await page.keyboard.press("Control+k");
      await page.getByRole("dialog").waitFor();
      await take(page, "command", tag);
    }
    if (wanted("case")) {
      await page.goto(demo.url + (await firstLink(page, `${demo.url}/cases`)));
      await take(page, "case", tag);
    }
    if (wanted("draft")) {
      await page.goto(`${demo.url}/imports`);
      await page.locator("input[type=file]").setInputFiles(gbkFile("评价.csv", [review(1, "杯盖漏水，质量太差", 1), review(2, "星级写错的一行", "９x"), review(3, "挺好的", 5)]));
      await page.getByLabel(/^(导入到哪家店铺|Import into shop)$/).click();
      await page.locator(".ant-select-item-option").last().click();
      await page.getByRole("button", { name: /^(下一步|Next)$/ }).click();
      await page.getByRole("table", { name: /^(导入后的样子|As it will be stored)$/ }).waitFor();
      await take(page, "draft", tag);
      await page.getByRole("button", { name: /^(丢弃这个文件|Throw this file away)$/ }).click();
    }
    if (wanted("review")) {
      await page.goto(demo.url + (await firstLink(page, `${demo.url}/reviews?sort=severity`)));
      await page.getByRole("article").waitFor();
      await take(page, "review", tag);
    }
    if (wanted("filtered")) {
      await page.goto(`${demo.url}/reviews?rating=1&rating=2&cause=quality&verdict=bad&from=2026-01-01&to=2026-12-31&q=zzz`);
      await take(page, "filtered", tag);
    }
    if (wanted("missing")) {
      await page.goto(`${demo.url}/nowhere`);
      await take(page, "missing", tag);
    }
  });
});

test("nothing yet", async ({ browser }) => {
  test.setTimeout(300_000);
  const server = await startServer({ demo: false });
  try {
    await contexts(browser, async (page, tag) => {
      await page.goto(server.setup ?? server.url);
      await page.getByRole("heading", { level: 1 }).waitFor();
      await take(page, "setup", tag);
    });
  } finally {
    await server.stop();
  }
});
