import { expect, forgetLanguage, personOf, signIn, speak, test } from "../support/desk";
import { languages, words } from "../support/words";

for (const language of languages) {
  const say = words[language];

  test.describe(language, () => {
    test.use({ locale: language });
    test.afterEach(({ page }) => forgetLanguage(page));

    test("the command bar goes to pages and finds things by keys alone", async ({ page, demo }) => {
      await signIn(page, demo.url, personOf(demo, "agent"));
      await speak(page, language);
      await page.goto(`${demo.url}/cases`);
      await expect(page.getByRole("table").getByRole("link").first()).toBeVisible();
      await page.keyboard.press("Control+k");
      const bar = page.getByRole("combobox", { name: say.command });
      await expect(bar).toBeFocused();
      await bar.fill("dingdan".slice(0, language === "zh-CN" ? 4 : 0) || "orders");
      await expect(page.getByRole("option", { name: say.orders }).first()).toHaveAttribute("aria-selected", "true");
      await page.keyboard.press("Enter");
      await expect(page).toHaveURL(/\/orders/);
      await expect(page.getByRole("heading", { name: say.orders, level: 1 })).toBeVisible();

      const answer = await page.request.get(`${demo.url}/api/v1/orders?limit=1`);
      const { orders } = (await answer.json()) as { orders: { id: string; number: string }[] };
      const order = orders[0];
      if (!order) throw new Error("the demo has no orders");
      await page.keyboard.press("Control+k");
      await bar.fill(order.number);
      const hit = page.getByRole("option", { name: new RegExp(`^${order.number}`) });
      await expect(hit).toBeVisible();
      for (let step = 0; step < 12 && (await hit.getAttribute("aria-selected")) !== "true"; step += 1) await page.keyboard.press("ArrowDown");
      await page.keyboard.press("Enter");
      await expect(page).toHaveURL(new RegExp(`/orders/${order.id}`));

      // What was opened is offered again.
      await page.keyboard.press("Control+k");
      await expect(page.getByRole("option").first()).toContainText(order.number);
      await page.keyboard.press("Escape");
      await expect(bar).toHaveCount(0);
    });
  });
}
