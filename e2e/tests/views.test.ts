import { expect, forgetLanguage, type Page, personOf, signIn, speak, test } from "../support/desk";
import { languages, words } from "../support/words";

for (const language of languages) {
  const say = words[language];
  const name = `一星 ${language}`;

  const choose = async (page: Page, filter: string, option: string) => {
    await page.getByRole("combobox", { name: filter, exact: true }).click();
    // The list of a choice stands at the end of the page, after the rows that say the same.
    await page.getByTitle(option, { exact: true }).last().click();
    await page.keyboard.press("Escape");
  };
  const tab = (page: Page) => page.getByRole("tab", { name });

  test.describe(language, () => {
    test.use({ locale: language });
    test.afterEach(({ page }) => forgetLanguage(page));

    test("a view is built from filters, shared, updated and deleted", async ({ page, demo, browser }) => {
      await signIn(page, demo.url, personOf(demo, "owner"));
      await speak(page, language);
      await page.goto(`${demo.url}/reviews`);
      const table = page.getByRole("table", { name: say.reviews });
      await expect(table.getByRole("link").first()).toBeVisible();
      await expect(page.getByRole("button", { name: say.save })).toBeDisabled();
      await choose(page, say.stars, say.one);
      await expect(page).toHaveURL(/rating=1/);
      await expect(table.getByRole("img", { name: /^[2-5]/ })).toHaveCount(0);

      await page.getByRole("button", { name: say.save }).click();
      await page.getByRole("textbox", { name: say.name }).fill(name);
      await page.getByRole("checkbox", { name: say.share }).check();
      await page.getByRole("dialog").getByRole("button", { name: say.saveOk, exact: true }).click();
      await expect(tab(page)).toHaveAttribute("aria-selected", "true");
      const total = await page.request.get(`${demo.url}/api/v1/reviews?rating=1&limit=1`);
      const { count } = (await total.json()) as { count: { value: number } };
      await expect(tab(page)).toContainText(String(count.value));

      const other = await browser.newContext({ locale: language });
      const colleague = await other.newPage();
      await signIn(colleague, demo.url, personOf(demo, "agent"));
      await colleague.goto(`${demo.url}/reviews`);
      await tab(colleague).click();
      await expect(colleague).toHaveURL(/rating=1/);
      await expect(colleague.getByRole("table", { name: say.reviews }).getByRole("img", { name: /^[2-5]/ })).toHaveCount(0);
      await other.close();

      await page.getByRole("button", { name: say.columns }).click();
      await page.getByRole("checkbox", { name: say.sentiment }).click();
      await expect(table.getByRole("columnheader", { name: say.sentiment })).toBeVisible();
      await page.keyboard.press("Escape");
      await page.getByRole("button", { name: say.changed }).click();
      await page.getByRole("menuitem", { name: say.update }).click();
      await expect(page.getByRole("button", { name: say.menu, exact: true })).toBeVisible();
      await page.goto(`${demo.url}/reviews`);
      await tab(page).click();
      await expect(table.getByRole("columnheader", { name: say.sentiment })).toBeVisible();

      await page.getByRole("button", { name: say.menu, exact: true }).click();
      await page.getByRole("menuitem", { name: say.delete }).click();
      await page.getByRole("dialog").getByRole("button", { name: say.delete }).click();
      await expect(tab(page)).toHaveCount(0);
    });
  });
}
