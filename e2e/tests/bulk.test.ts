import { expect, forgetLanguage, personOf, signIn, speak, test } from "../support/desk";
import { languages, words } from "../support/words";

for (const language of languages) {
  const say = words[language];
  const name = `待补发 ${language}`;

  test.describe(language, () => {
    test.use({ locale: language });
    test.afterEach(({ page }) => forgetLanguage(page));

    test("rows are tagged together, and the tagging is undone", async ({ page, demo }) => {
      await signIn(page, demo.url, personOf(demo, "owner"));
      await speak(page, language);
      await page.goto(`${demo.url}/settings/tags`);
      await page.getByRole("textbox", { name: say.tagName }).fill(name);
      await page.getByRole("button", { name: say.addTag }).click();
      await expect(page.getByRole("list").getByText(name)).toBeVisible();

      await page.goto(`${demo.url}/reviews`);
      const table = page.getByRole("table", { name: say.reviews });
      const boxes = table.getByRole("checkbox", { name: say.pick });
      for (const index of [1, 2, 3]) await boxes.nth(index).check();
      const bar = page.getByRole("region", { name: say.chosen });
      await bar.getByRole("button", { name: say.tag, exact: true }).click();
      await page.getByRole("menuitem", { name }).click();
      await expect(bar.getByText(say.done(3))).toBeVisible();
      await expect(table.getByText(name)).toHaveCount(3);

      await bar.getByRole("button", { name: say.undo }).click();
      await expect(bar.getByText(say.undone(3))).toBeVisible();
      await expect(table.getByText(name)).toHaveCount(0);
    });

    test("a key takes back what was done last", async ({ page, demo }) => {
      await signIn(page, demo.url, personOf(demo, "agent"));
      await speak(page, language);
      await page.goto(`${demo.url}/cases?handler=none`);
      const table = page.getByRole("table", { name: say.cases });
      await table.getByRole("checkbox", { name: say.pick }).nth(1).check();
      const bar = page.getByRole("region", { name: say.chosen });
      await bar.getByRole("button", { name: say.tag, exact: true }).click();
      await page.getByRole("menuitem", { name }).click();
      await expect(table.getByText(name)).toHaveCount(1);
      await page.keyboard.press("u");
      await expect(bar.getByText(say.undone(1))).toBeVisible();
      await expect(table.getByText(name)).toHaveCount(0);
    });
  });
}
