import { asked } from "../support/colleagues";
import { expect, forgetLanguage, personOf, signIn, speak, test } from "../support/desk";
import { csvFile } from "../support/files";
import { languages } from "../support/words";

const words = {
  "zh-CN": {
    library: "话术库", fresh: "新话术", titleZh: "中文名称", titleEn: "英文名称", text: "中文正文", save: "保存话术", findings: "检查出的问题", source: "依据：", edit: "修改", versions: "版本", version: "第 1 版",
    search: "搜索名称或正文", mark: "收藏", unmark: "取消收藏", message: "给买家的话", log: "复制并记录", logged: "已复制并记录", script: "话术", suggested: "建议：", useIt: "用这条", fill: "填入", open: "还有变量没填，填完才能发送",
    messages: "复制过的消息", claimed: "已记录，待聊天记录确认", confirmed: "聊天记录已确认", story: "聊天记录里找到了这句话，已确认发出",
  },
  "en-US": {
    library: "Scripts", fresh: "New script", titleZh: "Name in Chinese", titleEn: "Name in English", text: "Chinese text", save: "Save script", findings: "What was found", source: "Source:", edit: "Edit", versions: "Versions", version: "Version 1",
    search: "Search name or text", mark: "Mark", unmark: "Unmark", message: "Message to the buyer", log: "Copy and log", logged: "Copied and logged", script: "Script", suggested: "Suggested: ", useIt: "Use it", fill: "Fill in", open: "A variable is still open; fill it in first",
    messages: "Copied messages", claimed: "Claimed; no chat log tells of it yet", confirmed: "Confirmed by the chat log", story: "A chat log tells of this message: confirmed",
  },
} as const;

for (const language of languages) {
  const say = words[language];

  test(`a script that offends is refused with its source, another is kept, found and marked (${language})`, async ({ page, demo }) => {
    await signIn(page, demo.url, personOf(demo, "owner"));
    await speak(page, language);
    await page.goto(`${demo.url}/workbench`);
    await expect(page.getByRole("main").getByRole("heading").first()).toBeVisible();
    await page.keyboard.press("g");
    await page.keyboard.press("h");
    await expect(page.getByRole("heading", { name: say.library })).toBeVisible();
    await page.keyboard.press("n");
    const name = `换新说明${language}`;
    const editor = page.getByRole("dialog", { name: say.fresh });
    await editor.getByRole("textbox", { name: say.titleZh }).fill(name);
    await editor.getByRole("textbox", { name: say.titleEn }).fill("Exchange");
    const field = editor.getByRole("textbox", { name: say.text });
    await field.fill("您改成好评，我们马上返现给您");
    await editor.getByRole("button", { name: say.save }).click();
    const found = editor.getByRole("list", { name: say.findings }).last();
    await expect(found.getByText(say.source).first()).toBeVisible();
    await field.fill("您好，订单{{ order }}给您换一件新的，运费我们承担。");
    await editor.getByRole("button", { name: say.save }).click();
    const kept = page.getByRole("dialog", { name: language === "zh-CN" ? name : "Exchange" });
    await expect(kept.getByRole("list", { name: say.versions })).toContainText(say.version);
    await page.keyboard.press("Escape");
    await expect(kept).toBeHidden();
    const search = page.getByRole("searchbox", { name: say.search });
    await search.fill(name);
    await search.press("Enter");
    const card = page.getByRole("list", { name: say.library }).getByRole("listitem");
    await expect(card).toHaveCount(1);
    await card.getByRole("button", { name: say.mark, exact: true }).click();
    await expect(card.getByRole("button", { name: say.unmark })).toBeVisible();
    await forgetLanguage(page);
  });

  test(`a message from a script is claimed, and confirmed by an imported chat log (${language})`, async ({ page, demo }) => {
    await signIn(page, demo.url, personOf(demo, "owner"));
    await speak(page, language);
    const { cases } = await asked<{ cases: { id: string; shop: { id: string }; review: { order_number: string | null } }[] }>(page, demo.url, "cases?platform=taobao&sort=newest&limit=50");
    const known = cases.filter(({ review }) => review.order_number !== null);
    const one = known[language === "zh-CN" ? 2 : 3];
    expect(one).toBeDefined();
    await page.goto(`${demo.url}/cases/${one?.id}`);
    await page.getByText(say.suggested).waitFor();
    // Which scripts fit depends on what the buyer complains of: one that asks for something the case does not know.
    const { scripts } = await asked<{ scripts: { key: string; needs: { value: string | null }[] }[] }>(page, demo.url, `cases/${one?.id}/scripts`);
    const asking = scripts.find(({ needs }) => needs.some(({ value }) => value === null));
    expect(asking).toBeDefined();
    const script = page.getByRole("combobox", { name: say.script, exact: true });
    await script.click();
    await script.fill(asking?.key ?? "");
    await page.locator(".ant-select-item-option").first().click();
    const field = page.getByRole("textbox", { name: say.message });
    await expect(field).toHaveValue(/\{\{ \w+ \}\}/u);
    await page.getByRole("button", { name: say.log }).click();
    await expect(page.getByText(say.open)).toBeVisible();
    const text = `您好，衣服的问题查清楚了，给您换一件（${language}）`;
    await field.fill(text);
    await field.press("Control+Enter");
    await expect(page.getByText(say.logged)).toBeVisible();
    const messages = page.getByRole("list", { name: say.messages }).getByRole("listitem").filter({ hasText: text });
    await expect(messages).toContainText(say.claimed);
    const now = new Date(Date.now() + 8 * 3_600_000 + 60_000).toISOString().slice(0, 19).replace("T", " ");
    const file = csvFile("聊天.csv", [["订单编号", "时间", "发送人", "发送方", "内容"], [one?.review.order_number ?? "", now, "店铺:小林", "卖家", `${text} [微笑]`]]);
    const answer = await page.request.post(`${demo.url}/api/v1/imports`, { headers: { "X-Pingxin": "1", Origin: demo.url }, multipart: { shop_id: one?.shop.id ?? "", file } });
    expect(answer.status(), await answer.text()).toBe(202);
    await expect(async () => {
      await page.reload();
      await expect(messages).toContainText(say.confirmed, { timeout: 2000 });
    }).toPass();
    await expect(page.getByText(say.story).first()).toBeVisible();
    await forgetLanguage(page);
  });
}
