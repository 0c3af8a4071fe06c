import { readFile } from "node:fs/promises";
import { expect, forgetLanguage, type Page, personOf, signIn, speak, test } from "../support/desk";
import { languages, words } from "../support/words";

async function take(page: Page, button: string, group: string, format: string): Promise<string> {
  await page.getByRole("button", { name: button }).click();
  const link = page.getByRole("menu").locator("li").filter({ hasText: group }).last().getByRole("link", { name: format });
  const [file] = await Promise.all([page.waitForEvent("download"), link.click()]);
  await page.keyboard.press("Escape");
  return readFile(await file.path(), "utf8");
}

for (const language of languages) {
  const say = words[language];

  test.describe(language, () => {
    test.use({ locale: language });
    test.afterEach(({ page }) => forgetLanguage(page));

    test("a filter is exported whole, and the file says what the list says", async ({ page, demo }) => {
      await signIn(page, demo.url, personOf(demo, "owner"));
      await speak(page, language);
      await page.goto(`${demo.url}/reviews?rating=1&rating=2`);
      await expect(page.getByRole("table", { name: say.reviews }).getByRole("link").first()).toBeVisible();
      const answer = await page.request.get(`${demo.url}/api/v1/reviews?rating=1&rating=2&limit=200`);
      const { reviews, count } = (await answer.json()) as { reviews: { id: string; rating: number; text: string }[]; count: { value: number } };

      const lines = (await take(page, say.export, say.all, say.jsonl)).trim().split("\n").map((line) => JSON.parse(line) as Record<string, unknown>);
      expect(lines).toHaveLength(count.value);
      const exported = new Map(lines.map((line) => [line.pingxin_id, line]));
      for (const { id, rating, text } of reviews) expect(exported.get(id)).toMatchObject({ rating, text });

      const csv = (await take(page, say.export, say.shown, say.csv)).replace("\ufeff", "");
      const heads = csv.split(/\r?\n/)[0]?.split(",") ?? [];
      expect(heads).toContain("text");
      expect(heads).toContain("shop");
      expect(heads).not.toContain("pingxin_id");
    });
  });
}
