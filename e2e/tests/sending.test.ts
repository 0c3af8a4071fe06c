import { another, asked, sent } from "../support/colleagues";
import { expect, personOf, signIn, test } from "../support/desk";
import { startMail } from "../support/mail";

const words = {
  "zh-CN": {
    mail: "邮件", add: "添加", edit: "修改", host: "邮件服务器", port: "端口", security: "加密", none: /^不加密/, from: "发件地址", save: "保存", try: "发一条测试", arrived: /^对方收到了/,
    panel: "给买家的邮件", text: "邮件内容", handIn: "提交审核", send: "发送邮件", held: /已交主管审核/, choose: /^选择/, reason: "统一的理由", release: "全部放行", done: /处理了 1 条/, undo: "撤销", sent: "已发出", taken: "已撤回", outbox: "发送", nav: "主菜单", waits: "待审核", guard: "话术检查",
    words: "您好，配件已安排补发，请留意查收，有问题直接回复这封邮件。",
  },
  "en-US": {
    mail: "Mail", add: "Add", edit: "Edit", host: "Mail server", port: "Port", security: "Security", none: /^None/, from: "Sender's address", save: "Save", try: "Send a test", arrived: /^It arrived/,
    panel: "Mail to the buyer", text: "Text of the mail", handIn: "Hand in for review", send: "Send mail", held: /Handed to a supervisor/, choose: /^Choose/, reason: "Reason for all of them", release: "Release them", done: /^1 decided/, undo: "Undo", sent: "Sent", taken: "Taken back", outbox: "Outbox", nav: "Main menu", waits: "Waiting", guard: "Text check",
    words: "Hello, the missing part goes out to you. Simply answer this mail if anything is wrong.",
  },
} as const;

/** A zone where it is between twelve and one now. */
function noon(): string {
  const ahead = 12 - new Date().getUTCHours();
  return `Etc/GMT${ahead > 0 ? "-" : "+"}${Math.abs(ahead)}`;
}

for (const language of ["zh-CN", "en-US"] as const) {
  const say = words[language];

  test.describe(language, () => {
    test.use({ locale: language });

    test("a mail is written, approved by a second person, sent, and found in the mail server", async ({ page, demo, browser }) => {
      const mailbox = await startMail();
      await signIn(page, demo.url, personOf(demo, "owner"));
      await page.goto(`${demo.url}/settings/channels`);
      const card = page.getByRole("region", { name: say.mail, exact: true });
      // The demo is shared: whoever comes second finds the mail server of the first, and changes its port.
      const { channels } = await asked<{ channels: object[] }>(page, demo.url, "channels");
      const isFirst = channels.length === 0;
      await card.getByRole("button", { name: isFirst ? say.add : say.edit, exact: true }).click();
      await card.getByLabel(say.host).fill("127.0.0.1");
      await card.getByLabel(say.port).fill(String(mailbox.port));
      if (isFirst) {
        await card.getByLabel(say.security).click();
        await page.getByTitle(say.none).click();
      }
      await card.getByLabel(say.from).fill("care@shop.example");
      await card.getByRole("button", { name: say.save }).click();
      await card.getByRole("button", { name: say.try }).click();
      await expect(card.getByText(say.arrived)).toBeVisible();
      const { people } = await asked<{ people: { id: string; login: string }[] }>(page, demo.url, "people");
      const agent = personOf(demo, "agent");
      await sent(page, demo.url, "PATCH", `people/${people.find(({ login }) => login === agent.login)?.id}`, { reviewed: true });

      // Mails go out by day: at the shop it is noon, whatever the hour of this run.
      const { shops } = await asked<{ shops: { id: string; platform: string }[] }>(page, demo.url, "shops");
      for (const shop of shops.filter(({ platform }) => platform === "own-shop")) await sent(page, demo.url, "PATCH", `shops/${shop.id}`, { timezone: noon() });

      const { page: writer, leave } = await another(browser, language);
      await signIn(writer, demo.url, agent);
      const { cases } = await asked<{ cases: { id: string }[] }>(writer, demo.url, "cases?platform=own-shop&limit=100&sort=newest");
      const own: string[] = [];
      for (const each of cases) {
        const way = await asked<{ barred: object | null }>(writer, demo.url, `cases/${each.id}/mail-way`);
        if (!way.barred) own.push(each.id);
      }
      await writer.goto(`${demo.url}/cases/${own[language === "zh-CN" ? 0 : 1]}`);
      const panel = writer.getByRole("region", { name: say.panel, exact: true });
      await panel.getByRole("textbox", { name: say.text }).fill(say.words);
      await panel.getByRole("button", { name: say.handIn }).click();
      await expect(writer.getByText(say.held)).toBeVisible();

      // The owner reads it and lets it pass, with others if there were any.
      await page.goto(`${demo.url}/guard/holds`);
      const held = page.getByRole("listitem").filter({ hasText: say.words });
      await held.getByRole("checkbox", { name: say.choose }).check();
      await page.getByRole("textbox", { name: say.reason }).fill("可以发");
      await page.getByRole("button", { name: say.release }).click();
      await expect(page.getByText(say.done)).toBeVisible();

      const list = panel.getByRole("list", { name: say.panel });
      await expect(list.getByRole("listitem").filter({ hasText: say.words })).toContainText(say.sent, { timeout: 30_000 });
      const found = mailbox.mails.find(({ to }) => to.some((address) => address.endsWith("@buyer.example")));
      expect(found?.text).toContain("care@shop.example");
      expect(mailbox.mails.filter(({ to }) => to.some((address) => address.endsWith("@buyer.example")))).toHaveLength(1);
      await leave();

      // Without review it can be taken back for some seconds.
      await page.goto(`${demo.url}/cases/${own[language === "zh-CN" ? 2 : 3]}`);
      const mine = page.getByRole("region", { name: say.panel, exact: true });
      await mine.getByRole("textbox", { name: say.text }).fill(say.words);
      await mine.getByRole("button", { name: say.send }).click();
      await page.getByRole("button", { name: say.undo, exact: true }).click();
      await expect(mine.getByRole("listitem").filter({ hasText: say.words })).toContainText(say.taken);
      await page.getByRole("navigation", { name: say.nav }).getByRole("link", { name: say.outbox, exact: true }).click();
      await page.getByRole("tab", { name: say.sent, exact: true }).click();
      await expect(page.getByRole("list", { name: say.outbox }).getByRole("listitem").filter({ hasText: say.words })).toHaveCount(1);
      await mailbox.stop();
    });
  });
}
