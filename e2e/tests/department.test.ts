import { another, asked, invitation, join } from "../support/colleagues";
import { expect, personOf, signIn, test } from "../support/desk";

const words = {
  "zh-CN": {
    tasks: "任务", title: "仓库的任务", give: "交给其他部门", what: "要查什么", send: "交出", onCase: "其他部门", answer: "答复", answered: "已答复", nav: "主菜单", mayNot: /没有权限/, timeline: "经过",
    menu: "我的菜单", settings: "设置", own: ["个人", "密码与两步验证", "登录设备"], parts: "设置的各个部分", case: /^跟进单/,
  },
  "en-US": {
    tasks: "Tasks", title: "Tasks of Warehouse", give: "Ask a department", what: "What", send: "Ask", onCase: "Other departments", answer: "Answer", answered: "Answered", nav: "Main menu", mayNot: /may not see/, timeline: "What happened",
    menu: "My menu", settings: "Settings", own: ["You", "Security", "Signed-in devices"], parts: "Parts of the settings", case: /^Case/,
  },
} as const;

for (const language of ["zh-CN", "en-US"] as const) {
  const say = words[language];
  const text = language === "zh-CN" ? "补发前复检杯盖密封圈" : "Check the lid seal before the new one goes out";
  const answer = language === "zh-CN" ? "查过了，密封圈缺货，周四到" : "The seal is out of stock until Thursday";

  test.describe(language, () => {
    test.use({ locale: language });

    test("a department is asked from a case, sees only its tasks, and its answer comes back", async ({ page, demo, browser }) => {
      await signIn(page, demo.url, personOf(demo, "owner"));
      const { cases } = await asked<{ cases: { id: string }[] }>(page, demo.url, "cases?limit=5");
      await page.goto(`${demo.url}/cases/${cases[language === "zh-CN" ? 0 : 1]?.id}`);
      await expect(page.getByRole("region", { name: say.onCase })).toBeVisible();
      await page.keyboard.press("t");
      const dialog = page.getByRole("dialog", { name: say.give });
      await expect(dialog.getByRole("textbox", { name: say.what })).toBeFocused();
      await page.keyboard.type(text);
      await dialog.getByRole("button", { name: say.send, exact: true }).click();
      await expect(page.getByRole("region", { name: say.onCase }).getByText(text)).toBeVisible();

      const link = await invitation(page, demo.url, { display_name: "老周", role: "department", department: "warehouse" });
      const { page: his, leave } = await another(browser, language);
      await join(his, link, `warehouse-${language.toLowerCase()}`, "correct-horse-battery-9");
      await expect(his).toHaveURL(`${demo.url}/tasks`);
      await expect(his.getByRole("heading", { name: say.title, level: 1 })).toBeVisible();
      await expect(his.getByRole("navigation", { name: say.nav }).getByRole("menuitem")).toHaveCount(1);
      await expect(his.getByRole("searchbox")).toHaveCount(0);
      const task = his.getByRole("listitem").filter({ hasText: text });
      await expect(task.getByRole("link", { name: say.case })).toHaveCount(0);
      await his.goto(`${demo.url}/cases`);
      await expect(his.getByText(say.mayNot)).toBeVisible();
      await his.getByRole("button", { name: say.menu }).click();
      await his.getByRole("menuitem", { name: say.settings }).click();
      await expect(his.getByRole("navigation", { name: say.parts }).getByRole("link")).toHaveText([...say.own]);

      await his.goto(`${demo.url}/tasks`);
      await task.getByRole("textbox").fill(answer);
      await his.reload();
      await expect(task.getByRole("textbox")).toHaveValue(answer);
      await task.getByRole("button", { name: say.answer, exact: true }).click();
      await expect(his.getByRole("listitem").filter({ hasText: text })).toHaveCount(0);
      await his.getByRole("tab", { name: say.answered }).click();
      await expect(his.getByRole("listitem").filter({ hasText: text })).toContainText(answer);
      // The case is open at the owner's desk: the answer comes by itself.
      await expect(page.getByRole("region", { name: say.onCase }).getByText(answer)).toBeVisible();
      await leave();
    });
  });
}
