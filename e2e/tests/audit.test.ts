import { another, asked, sent } from "../support/colleagues";
import { expect, personOf, signIn, test } from "../support/desk";

const words = {
  "zh-CN": {
    table: "操作记录", reveal: /查看了买家的完整/, rename: (name: string) => `修改了店铺 ${name}`, edit: (name: string) => `修改店铺 ${name}`, name: "店铺名称", save: "保存",
    check: /检查完整性/, whole: /首尾相接/, ok: "知道了", who: "谁", expand: "展开行", only: "只看这一项", hash: "校验值", notYours: "只有店主和主管能用这一页",
  },
  "en-US": {
    table: "Audit", reveal: /saw a buyer's/, rename: (name: string) => `changed the shop ${name}`, edit: (name: string) => `Edit shop ${name}`, name: "Shop name", save: "Save",
    check: /Check the chain/, whole: /follow one another/, ok: "OK", who: "Who", expand: "Expand row", only: "Only this", hash: "Hash", notYours: "Only owners and supervisors may use this page",
  },
} as const;


for (const language of ["zh-CN", "en-US"] as const) {
  const say = words[language];
  test.describe(language, () => {
    test.use({ locale: language });

    test("who saw a contact and who changed a shop is written down, and the chain is whole", async ({ page, demo, browser }) => {
      const agent = demo.addPerson(`curious-${language.toLowerCase()}`, "agent");
      const { page: his, leave } = await another(browser, language);
      await signIn(his, demo.url, agent);
      const { buyers } = await asked<{ buyers: { id: string }[] }>(his, demo.url, "buyers?limit=1");
      await sent(his, demo.url, "POST", `buyers/${buyers[0]?.id}/reveal`, { field: "nick" });
      await his.goto(`${demo.url}/settings/audit`);
      await expect(his.getByText(say.notYours)).toBeVisible();
      await leave();

      await signIn(page, demo.url, personOf(demo, "owner"));
      await page.goto(`${demo.url}/settings/shops`);
      const before = (await page.getByRole("button", { name: new RegExp(`^${say.edit("")}`) }).first().getAttribute("aria-label"))?.slice(say.edit("").length) ?? "";
      const after = `${before} ${language}`;
      await page.getByRole("button", { name: say.edit(before), exact: true }).click();
      await page.getByLabel(say.name).fill(after);
      await page.getByRole("button", { name: say.save, exact: true }).click();
      await expect(page.getByRole("button", { name: say.edit(after), exact: true })).toBeVisible();

      await page.goto(`${demo.url}/settings/audit`);
      const table = page.getByRole("table", { name: say.table });
      const reveal = table.getByRole("row").filter({ hasText: say.reveal }).filter({ hasText: agent.login });
      await expect(reveal.first()).toBeVisible();
      const change = table.getByRole("row").filter({ hasText: say.rename(after) });
      await expect(change.first()).toBeVisible();
      await change.first().getByRole("button", { name: say.expand }).click();
      await expect(page.getByText(say.hash, { exact: true })).toBeVisible();
      await page.getByRole("button", { name: say.only }).click();
      await expect(page).toHaveURL(/subject_id=/);
      await expect(reveal).toHaveCount(0);
      await page.goto(`${demo.url}/settings/audit?action=contact`);
      await expect(reveal.first()).toBeVisible();
      await expect(change).toHaveCount(0);

      await page.getByRole("button", { name: say.check }).click();
      await expect(page.getByRole("dialog").getByText(say.whole)).toBeVisible();
      await page.getByRole("button", { name: say.ok, exact: true }).click();
    });
  });
}
