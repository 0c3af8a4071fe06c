import { expect, forgetLanguage, personOf, signIn, speak, test } from "../support/desk";
import { languages, words } from "../support/words";

for (const language of languages) {
  const say = words[language];

  test.describe(language, () => {
    test.use({ locale: language });
    test.afterEach(({ page }) => forgetLanguage(page));

    test("a masked contact is shown in full on a click, which is recorded without it", async ({ page, demo }) => {
      await signIn(page, demo.url, personOf(demo, "supervisor"));
      await speak(page, language);
      const answer = await page.request.get(`${demo.url}/api/v1/buyers?limit=50`);
      const { buyers } = (await answer.json()) as { buyers: { id: string; nick: string | null }[] };
      const buyer = buyers.find(({ nick }) => nick?.includes("*"));
      if (!buyer) throw new Error("the demo has no buyer with a nick");
      await page.goto(`${demo.url}/buyers/${buyer.id}`);
      await expect(page.getByRole("heading", { level: 1 })).toHaveText(buyer.nick ?? "");
      const told = page.waitForResponse((response) => response.url().endsWith("/reveal"));
      await page.getByRole("button", { name: say.reveal }).click();
      const revealed = await told;
      expect(revealed.headers()["cache-control"]).toContain("no-store");
      const { value } = (await revealed.json()) as { value: string };
      expect(value).not.toContain("*");
      await expect(page.getByText(value, { exact: true })).toBeVisible();
      await page.getByRole("button", { name: say.hide }).click();
      await expect(page.getByText(value, { exact: true })).toHaveCount(0);

      const audit = await (await page.request.get(`${demo.url}/api/v1/audit?subject_id=${buyer.id}`)).text();
      expect(audit).toContain("nick");
      expect(audit).not.toContain(value);
    });

    test("a note on a buyer stays", async ({ page, demo }) => {
      await signIn(page, demo.url, personOf(demo, "agent"));
      await speak(page, language);
      const answer = await page.request.get(`${demo.url}/api/v1/buyers?limit=1`);
      const { buyers } = (await answer.json()) as { buyers: { id: string }[] };
      const note = `只接受换货 <b>${language}</b>`;
      await page.goto(`${demo.url}/buyers/${buyers[0]?.id}`);
      await page.getByRole("textbox", { name: say.noteNew }).fill(note);
      await page.reload();
      await expect(page.getByRole("textbox", { name: say.noteNew })).toHaveValue(note);
      await page.getByRole("button", { name: say.noteSave }).click();
      await expect(page.getByRole("region", { name: say.notes }).getByText(note)).toBeVisible();
      await expect(page.getByRole("textbox", { name: say.noteNew })).toHaveValue("");
    });
  });
}
