import { asked } from "../support/colleagues";
import { expect, forgetLanguage, personOf, signIn, speak, test } from "../support/desk";
import { languages } from "../support/words";

const words = {
  "zh-CN": { message: "给买家的话", log: "复制并记录", logged: "已复制并记录", promises: "待回复约定", done: "已做到", kept: "已兑现", said: "消息里说的", add: "登记约定", what: "答应了什么", save: "保存", addedBy: "手工登记", none: "不算约定", back: "已撤回", story: "答应了买家" },
  "en-US": { message: "Message to the buyer", log: "Copy and log", logged: "Copied and logged", promises: "Promises", done: "Done", kept: "Kept", said: "Said in a message", add: "Add a promise", what: "What was promised", save: "Save", addedBy: "Added by hand", none: "Not a promise", back: "Taken back", story: "Promised the buyer" },
} as const;

for (const language of languages) {
  const say = words[language];

  test(`what a message promises is noted, kept and listed (${language})`, async ({ page, demo }) => {
    await signIn(page, demo.url, personOf(demo, "owner"));
    await speak(page, language);
    const { cases } = await asked<{ cases: { id: string }[] }>(page, demo.url, "cases?platform=taobao&platform=tmall&case_state=open&handler=none&sort=newest&limit=5");
    const id = cases[language === "zh-CN" ? 0 : 1]?.id;
    await page.goto(`${demo.url}/cases/${id}`);
    await page.getByRole("textbox", { name: say.message }).fill("您好，配件两天内给您补发，请放心。");
    await page.getByRole("button", { name: say.log }).click();
    await expect(page.getByText(say.logged)).toBeVisible();
    const promises = page.getByRole("list", { name: say.promises });
    const found = promises.getByRole("listitem").filter({ hasText: "配件两天内给您补发" });
    await expect(found).toContainText(say.said);
    await expect(page.getByText(say.story).first()).toBeVisible();
    // One that was made by phone.
    await page.getByRole("button", { name: say.add }).click();
    await page.getByRole("textbox", { name: say.what }).fill("明天电话回复");
    await page.getByRole("button", { name: say.save, exact: true }).click();
    const added = promises.getByRole("listitem").filter({ hasText: "明天电话回复" });
    await expect(added).toContainText(say.addedBy);
    await added.getByRole("button", { name: say.none }).click();
    await expect(added).toContainText(say.back);
    // The list of all, from the workbench.
    await page.goto(`${demo.url}/workbench`);
    await page.getByRole("link", { name: language === "zh-CN" ? /^待兑现 \d+ 个$/ : /^To keep: \d+$/ }).click();
    const listed = page.getByRole("list", { name: say.promises }).getByRole("listitem").filter({ hasText: "配件两天内给您补发" }).first();
    await listed.getByRole("button", { name: say.done, exact: true }).click();
    await page.goto(`${demo.url}/cases/${id}`);
    await expect(found).toContainText(say.kept);
    await forgetLanguage(page);
  });
}
