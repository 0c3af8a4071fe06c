import { expect, personOf, signIn, test } from "../support/desk";

const words = {
  "zh-CN": {
    today: "工作台", title: "自动化", add: "加规则", name: "名称", addCondition: "加条件", value: "原因的值", quality: "质量", addAction: "加动作", text: "写备注的内容", attempt: "试运行", tried: /近 30 天发生了/, save: /^保\s?存$/, saved: "规则已保存，对之后发生的事生效", rules: "规则", delete: /^删除“/, deleted: /已删除“/, undo: /撤\s?销/, macros: "宏", addMacro: "加宏", macroSaved: "宏已保存", run: "运行宏", ran: "已对 1 张运行宏", told: /宏“/,
  },
  "en-US": {
    today: "Today", title: "Automation", add: "Add a rule", name: "Name", addCondition: "Add a condition", value: "Value of Cause", quality: "Quality", addAction: "Add an action", text: "Text: Note", attempt: "Try it", tried: /in 30 days/, save: "Save", saved: "Saved; it holds for what happens from now on", rules: "Rules", delete: /^Delete /, deleted: /deleted/, undo: "Undo", macros: "Macros", addMacro: "Add a macro", macroSaved: "Macro saved", run: "Run a macro", ran: "Macro run on 1", told: /Macro “/,
  },
} as const;

for (const language of ["zh-CN", "en-US"] as const) {
  const say = words[language];

  test.describe(language, () => {
    test.use({ locale: language });

    test("a rule is tried, kept, deleted and brought back; a macro is run on a case and undone", async ({ page, demo }) => {
      await signIn(page, demo.url, personOf(demo, "supervisor"));
      await expect(page.getByRole("heading", { name: say.today })).toBeVisible();
      await page.goto(`${demo.url}/settings/automation`);
      await expect(page.getByRole("heading", { name: say.title, exact: true })).toBeVisible();
      await page.getByRole("button", { name: say.add }).click();
      const dialog = page.getByRole("dialog");
      const name = `质量先看 ${language}`;
      await dialog.getByLabel(say.name).fill(name);
      await dialog.getByRole("button", { name: say.addCondition }).click();
      await dialog.getByRole("combobox", { name: say.value }).click();
      await page.locator(".ant-select-item-option").filter({ hasText: say.quality }).first().click();
      await dialog.getByRole("button", { name: say.addAction }).click();
      await dialog.getByRole("textbox", { name: say.text }).fill("先看物流 {{order}}");
      await dialog.getByRole("button", { name: say.attempt }).click();
      await expect(dialog.getByText(say.tried)).toBeVisible();
      await dialog.getByRole("button", { name: say.save }).click();
      await expect(page.getByText(say.saved)).toBeVisible();
      const row = page.getByRole("table", { name: say.rules }).getByRole("row").filter({ hasText: name });
      await expect(row).toBeVisible();
      await row.getByRole("button", { name: say.delete }).click();
      await expect(row).toHaveCount(0);
      await page.getByText(say.deleted).getByRole("button", { name: say.undo }).click();
      await expect(row).toBeVisible();

      await page.getByRole("tab", { name: say.macros, exact: true }).click();
      await page.getByRole("button", { name: say.addMacro }).click();
      await dialog.getByLabel(say.name).fill(`记一笔 ${language}`);
      await dialog.getByRole("button", { name: say.addAction }).click();
      await dialog.getByRole("textbox", { name: say.text }).fill("已看过");
      await dialog.getByRole("button", { name: say.save }).click();
      await expect(page.getByText(say.macroSaved)).toBeVisible();

      const cases = await page.request.get(`${demo.url}/api/v1/cases?limit=1`);
      const id = ((await cases.json()) as { cases: { id: string }[] }).cases[0]?.id ?? "";
      await page.goto(`${demo.url}/cases/${id}`);
      await page.getByRole("button", { name: say.run }).click();
      await page.getByRole("menuitem", { name: `记一笔 ${language}` }).click();
      await expect(page.getByText(say.ran)).toBeVisible();
      await expect(page.getByText(say.told).first()).toBeVisible();
    });
  });
}
