import { expect, forgetLanguage, type Page, personOf, signIn, speak, test } from "../support/desk";
import { languages, words } from "../support/words";

interface Row {
  number: number;
  owner: { id: string } | null;
  review: { order_number: string | null; text: string };
}

/** A case nobody has, with an order that has no other. */
async function lonely(page: Page, url: string): Promise<Row> {
  const answer = await page.request.get(`${url}/api/v1/cases?handler=none&case_state=open&limit=200`);
  const { cases } = (await answer.json()) as { cases: Row[] };
  const found = cases.find(({ review }) => review.order_number && review.text && cases.filter((each) => each.review.order_number === review.order_number).length === 1);
  if (!found) throw new Error("the demo has no case with an order of its own");
  return found;
}

for (const language of languages) {
  const say = words[language];

  test.describe(language, () => {
    test.use({ locale: language, viewport: { width: 380, height: 800 }, permissions: ["clipboard-read", "clipboard-write"] });
    test.afterEach(({ page }) => forgetLanguage(page));

    test("a case is found beside the chat, and taken", async ({ page, demo }) => {
      await signIn(page, demo.url, personOf(demo, "agent"));
      await speak(page, language);
      const wanted = await lonely(page, demo.url);
      await page.goto(`${demo.url}/side`);
      await expect(page.getByRole("navigation")).toHaveCount(0);
      // Nothing is read from the clipboard before somebody asks for it.
      await page.evaluate((text) => navigator.clipboard.writeText(text), `订单编号：${wanted.review.order_number} 买家在吗`);
      await expect(page.getByRole("article")).toHaveCount(0);
      await page.getByRole("button", { name: say.paste }).click();
      const shown = page.getByRole("article").first();
      await expect(shown.getByRole("heading", { level: 2 }).first()).toContainText(String(wanted.number));
      await expect(shown).toContainText(wanted.review.text.slice(0, 8));
      await expect(shown).toContainText(wanted.review.order_number ?? "");

      await page.getByRole("button", { name: say.take }).click();
      await expect(page.getByText(say.mine)).toBeVisible();
      await page.getByRole("button", { name: say.undo }).click();
      await expect(page.getByRole("button", { name: say.take })).toBeVisible();

      // Opened anew, the window shows what was looked for last.
      await page.goto(`${demo.url}/side`);
      await expect(page.getByRole("heading", { level: 2 }).first()).toContainText(String(wanted.number));
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      expect(wide).toBeLessThanOrEqual(0);
    });

    test("what is nowhere is said so", async ({ page, demo }) => {
      await signIn(page, demo.url, personOf(demo, "agent"));
      await speak(page, language);
      await page.goto(`${demo.url}/side`);
      await page.getByRole("searchbox", { name: say.sideField }).fill("9999999999999999");
      await page.keyboard.press("Enter");
      await expect(page.getByText(say.nothing)).toBeVisible();
    });
  });
}
