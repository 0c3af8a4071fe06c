import { another, asked, sent } from "../support/colleagues";
import { expect, type Page, personOf, signIn, test } from "../support/desk";
import { csvFile } from "../support/files";

const words = {
  "zh-CN": {
    note: "备注", save: "保存备注", message: "给买家的话", log: "复制并记录", logged: "已复制并记录", panel: "发送前检查", block: "不能发送", hold: "要主管审核后才能用", use: "用这句话", source: "依据：", risk: /^后果：/,
    stopped: /发送前检查拦截/, held: /已交主管审核/, texts: "待审核的内容", waiting: "待审核", released: "已放行", release: "放行", reason: "理由", missing: "请写明理由", own: "自己写的内容要由另一位主管放行。", timeline: "经过",
    page: "话术检查", tryText: "要检查的话", allow: "可以发送", rules: "规则", find: "查找规则", chats: "聊天记录", wrong: "有问题的消息", conversation: "看这段对话", report: "按客服和日期", alarm: "误报，这句话没问题", taught: /下次训练会学习/,
    severityOf: "G06 的级别", forbidden: "禁止", saved: "G06 已保存", nav: "主菜单",
  },
  "en-US": {
    note: "Note", save: "Save note", message: "Message to the buyer", log: "Copy and log", logged: "Copied and logged", panel: "Check before sending", block: "Must not be sent", hold: "A supervisor has to look first", use: "Use this text", source: "Source:", risk: /^What may follow:/,
    stopped: /stopped by the guard/, held: /Handed to a supervisor/, texts: "Texts waiting for review", waiting: "Waiting", released: "Released", release: "Release", reason: "Reason", missing: "Give a reason", own: "Another supervisor has to release what you wrote.", timeline: "What happened",
    page: "Text check", tryText: "Text to check", allow: "May be sent", rules: "Rules", find: "Find a rule", chats: "Chats", wrong: "Messages with something wrong", conversation: "See the conversation", report: "By agent and day", alarm: "False alarm, this is fine", taught: /next training learns/,
    severityOf: "Severity of G06", forbidden: "Forbidden", saved: "G06 saved", nav: "Main menu",
  },
} as const;

const offence = "您把差评删掉，我马上给您退全款。";
const doubtful = "给买家补偿10元优惠券，顺便提一下评价。";

/** The address of a case of a Chinese shop; each language takes another, as the demo is shared. */
async function caseOf(page: Page, url: string, at: number): Promise<string> {
  const { cases } = await asked<{ cases: { id: string; shop: { platform: string } }[] }>(page, url, "cases?limit=50");
  const chinese = cases.filter((each) => each.shop.platform === "taobao" || each.shop.platform === "tmall");
  return `${url}/cases/${chinese[at]?.id}`;
}

for (const language of ["zh-CN", "en-US"] as const) {
  const say = words[language];
  const at = language === "zh-CN" ? 2 : 3;

  test.describe(language, () => {
    test.use({ locale: language });

    test("an offence in a note and in a message is stopped, with its source and a sentence that passes", async ({ page, demo }) => {
      await signIn(page, demo.url, personOf(demo, "agent"));
      await page.goto(await caseOf(page, demo.url, at));
      const note = page.getByRole("region", { name: say.note, exact: true });
      await note.getByRole("textbox", { name: say.note }).fill(offence);
      const panel = note.getByRole("region", { name: say.panel });
      await expect(panel.getByRole("status")).toContainText(say.block);
      await expect(panel.getByText(say.source).first()).toBeVisible();
      await expect(panel.getByText(say.risk).first()).toBeVisible();
      await expect(panel.locator("mark").first()).toBeVisible();
      await note.getByRole("button", { name: say.save }).click();
      await expect(note.getByRole("alert")).toContainText(say.stopped);
      await panel.getByRole("button", { name: say.use }).click();
      await expect(note.getByRole("textbox", { name: say.note })).not.toHaveValue(offence);
      await expect(panel).toBeHidden();
      await note.getByRole("button", { name: say.save }).click();
      await expect(note.getByRole("textbox", { name: say.note })).toHaveValue("");

      const message = page.getByRole("region", { name: say.message, exact: true });
      await message.getByRole("textbox", { name: say.message }).fill(offence);
      await expect(message.getByRole("status")).toContainText(say.block);
      await message.getByRole("button", { name: say.log }).click();
      await expect(message.getByRole("alert")).toContainText(say.stopped);
      await message.getByRole("button", { name: say.use }).click();
      await expect(message.getByRole("status")).toContainText(say.allow);
      await message.getByRole("button", { name: say.log }).click();
      await expect(page.getByText(say.logged)).toBeVisible();
      await expect(page.getByRole("region", { name: say.timeline }).getByText(offence)).toHaveCount(0);
    });

    test("a doubtful text waits, its author cannot release it, a second person does with a reason", async ({ page, demo, browser }) => {
      await signIn(page, demo.url, personOf(demo, "supervisor"));
      const address = await caseOf(page, demo.url, at);
      await page.goto(address);
      const note = page.getByRole("region", { name: say.note, exact: true });
      await note.getByRole("textbox", { name: say.note }).fill(doubtful);
      await expect(note.getByRole("status")).toContainText(say.hold);
      await note.getByRole("button", { name: say.save }).click();
      await expect(page.getByText(say.held)).toBeVisible();
      const own = page.getByRole("region", { name: say.texts }).getByRole("listitem").filter({ hasText: doubtful });
      await expect(own.getByText(say.waiting)).toBeVisible();
      await expect(own.getByText(say.own)).toBeVisible();
      await expect(own.getByRole("button", { name: say.release, exact: true })).toHaveCount(0);

      const { page: other, leave } = await another(browser, language);
      await signIn(other, demo.url, personOf(demo, "owner"));
      await other.getByRole("navigation", { name: say.nav }).getByRole("link", { name: say.page }).click();
      await other.getByRole("tab", { name: say.waiting }).click();
      const held = other.getByRole("listitem").filter({ hasText: doubtful });
      await held.getByRole("button", { name: say.release, exact: true }).click();
      await expect(held.getByText(say.missing)).toBeVisible();
      await held.getByRole("textbox", { name: say.reason }).fill("补偿先到账，评价不提");
      await held.getByRole("button", { name: say.release, exact: true }).click();
      await expect(other.getByRole("listitem").filter({ hasText: doubtful })).toHaveCount(0);
      await leave();
      // The author sees the answer by itself, and the note in the story.
      await expect(own.getByText("补偿先到账，评价不提")).toBeVisible();
      await expect(page.getByRole("region", { name: say.timeline }).getByText(doubtful)).toBeVisible();
    });

    test("a text is tried, a false alarm marked, and a rule made stricter", async ({ page, demo }) => {
      await signIn(page, demo.url, personOf(demo, "owner"));
      await page.goto(`${demo.url}/guard`);
      const field = page.getByRole("textbox", { name: say.tryText });
      await field.fill(language === "zh-CN" ? "补发的配件今天寄出，请留意查收。" : "The missing part was sent today.");
      await expect(page.getByRole("status").filter({ hasText: say.allow })).toBeVisible();
      await field.fill(offence);
      await expect(page.getByRole("region", { name: say.panel }).getByRole("status")).toContainText(say.block);
      await field.fill("我们给您补偿10元优惠券，麻烦您看看评价。");
      await expect(page.getByRole("region", { name: say.panel }).getByRole("status")).toContainText(say.hold);
      await page.getByRole("button", { name: say.alarm }).click();
      await expect(page.getByText(say.taught)).toBeVisible();
      await page.getByRole("tab", { name: say.rules }).click();
      await page.getByRole("searchbox", { name: say.find }).fill("G06");
      const rule = page.getByRole("listitem", { name: "G06" });
      await rule.getByRole("combobox", { name: say.severityOf }).click();
      await page.getByTitle(say.forbidden, { exact: true }).last().click();
      await expect(page.getByText(say.saved)).toBeVisible();
      const { shops } = await asked<{ shops: { id: string }[] }>(page, demo.url, "shops");
      await sent(page, demo.url, "PUT", "guard/rules", { shop: shops[0]?.id, rule: "G06", severity: null, switched_on: false });
      // What decides beside the words stands with the example.
      await page.getByRole("searchbox", { name: say.find }).fill("G55");
      await expect(page.getByRole("listitem", { name: "G55" })).toContainText("22:40");
    });

    test("the demo shows what its agents should not have said", async ({ page, demo }) => {
      await signIn(page, demo.url, personOf(demo, "supervisor"));
      await expect(async () => {
        await page.goto(`${demo.url}/guard/chats`);
        await expect(page.getByRole("list", { name: say.wrong }).getByRole("listitem").first()).toBeVisible({ timeout: 5_000 });
      }).toPass({ timeout: 60_000 });
    });

    test("a chat log with three planted offences yields exactly these, each with its turn", async ({ page, fresh }) => {
      const token = new URL(fresh.setup ?? fresh.url).searchParams.get("token");
      await page.goto(`${fresh.url}/login`);
      await sent(page, fresh.url, "POST", "setup/owner", { token, login: "owner", password: "correct-horse-battery-9", tenant_name: "青禾", display_name: "小林" });
      await sent(page, fresh.url, "POST", "shops", { name: "青禾", platform: "taobao" });
      const said = (second: number, speaker: string, text: string) => ["A1001", `2026-10-05 10:00:${String(second).padStart(2, "0")}`, speaker, speaker.includes(":") ? "卖家" : "买家", text, "小猫钓鱼"];
      const file = csvFile("聊天.csv", [
        ["订单编号", "时间", "发送人", "发送方", "内容", "买家昵称"],
        said(1, "小猫钓鱼", "衣服开线了"),
        said(2, "青禾:小美", "您好，很抱歉给您带来不好的体验，方便发张照片吗？"),
        said(3, "青禾:小美", offence),
        said(4, "小猫钓鱼", "好评返现还有吗"),
        said(5, "青禾:小美", "我们不做好评返现，您按真实感受评价就好。"),
        said(6, "青禾:小美", "五星好评截图找我领3元红包。"),
        said(7, "青禾:小美", "加我微信，我私下转您50，评价的事咱们好商量。"),
        said(8, "青禾:小美", "快递说明天送到，请留意电话。"),
      ]);
      const { shops } = await asked<{ shops: { id: string }[] }>(page, fresh.url, "shops");
      const answer = await page.request.post(`${fresh.url}/api/v1/imports`, { headers: { "X-Pingxin": "1", Origin: fresh.url }, multipart: { shop_id: shops[0]?.id ?? "", file } });
      expect(answer.status(), await answer.text()).toBe(202);
      await expect(async () => {
        const { days } = await asked<{ days: { messages: number }[] }>(page, fresh.url, "chat-checks/report");
        expect(days.map(({ messages }) => messages)).toEqual([6]);
      }).toPass();
      await page.goto(`${fresh.url}/guard/chats`);
      await expect(page.getByRole("table").getByRole("row").filter({ hasText: "青禾:小美" })).toContainText("6");
      const wrong = page.getByRole("list", { name: say.wrong }).getByRole("listitem");
      await expect(wrong).toHaveCount(3);
      await expect(wrong.filter({ hasText: "五星好评" })).toHaveCount(1);
      await expect(wrong.filter({ hasText: "加我微信" })).toHaveCount(1);
      await wrong.filter({ hasText: offence }).getByRole("button", { name: say.conversation }).click();
      const turns = page.getByRole("dialog", { name: say.conversation }).getByRole("listitem");
      await expect(turns).toHaveCount(8);
      await expect(turns.nth(2)).toHaveAttribute("aria-current", "true");
    });
  });
}
