import { another, asked } from "../support/colleagues";
import { expect, signIn, test } from "../support/desk";

const words = {
  "zh-CN": { here: /也在看/, typing: /正在回复/, note: "备注", save: "保存备注", timeline: "经过" },
  "en-US": { here: /is here too/, typing: /is replying/, note: "Note", save: "Save note", timeline: "What happened" },
} as const;

for (const language of ["zh-CN", "en-US"] as const) {
  const say = words[language];
  test.describe(language, () => {
    test.use({ locale: language });

    test("two people on one case see each other, and what the other writes", async ({ page, demo, browser }) => {
      await signIn(page, demo.url, demo.addPerson(`first-${language.toLowerCase()}`, "agent"));
      const { cases } = await asked<{ cases: { id: string }[] }>(page, demo.url, "cases?limit=1");
      const address = `${demo.url}/cases/${cases[0]?.id}`;
      await page.goto(address);
      await expect(page.getByRole("textbox", { name: say.note, exact: true })).toBeVisible();
      await expect(page.getByText(say.here)).toHaveCount(0, { timeout: 40_000 });

      const other = await another(browser, language);
      await signIn(other.page, demo.url, demo.addPerson(`beside-${language.toLowerCase()}`, "agent"));
      await other.page.goto(address);
      await expect(page.getByText(say.here)).toBeVisible();
      await expect(other.page.getByText(say.here)).toBeVisible();

      const note = `presence ${language}`;
      await other.page.getByRole("textbox", { name: say.note, exact: true }).pressSequentially(note);
      await expect(page.getByText(say.typing)).toBeVisible();
      await other.page.getByRole("button", { name: say.save }).click();
      await expect(page.getByRole("region", { name: say.timeline }).getByText(note)).toBeVisible();

      await other.page.goto(`${demo.url}/reviews`);
      await expect(page.getByText(say.here)).toHaveCount(0, { timeout: 40_000 });
      await expect(page.getByText(say.typing)).toHaveCount(0);
      await other.leave();
    });
  });
}
