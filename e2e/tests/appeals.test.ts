import { asked, sent } from "../support/colleagues";
import { expect, personOf, signIn, test } from "../support/desk";

const words = {
  "zh-CN": {
    removal: "能否移除", file: "记录申诉", ground: "申诉理由", reason: "为什么仍要提交", number: "平台编号", ok: "记下已提交", filed: "已记录申诉", nav: "主菜单", appeals: "申诉", waiting: /^等待答复/, answered: /^已答复/,
    refuse: "记录驳回", appeal: "记录复议", answer: "平台的答复", why: "复议理由", keep: "保存", steps: "经过", refused: "平台驳回", appealed: "提交复议", state: "复议中",
    evidence: "举证材料", download: "下载压缩包", deadlines: "期限", measures: "指标", target: "目标好评率", needed: "需要的好评数", rules: "平台规则",
  },
  "en-US": {
    removal: "Can it be removed", file: "Record a request", ground: "Ground", reason: "Why you file it all the same", number: "Platform's number", ok: "Record as filed", filed: "Request recorded", nav: "Main menu", appeals: "Appeals", waiting: /^Waiting for an answer/, answered: /^Answered/,
    refuse: "Record a refusal", appeal: "Record an appeal", answer: "The platform's answer", why: "Reason of the appeal", keep: "Save", steps: "What happened", refused: "Refused by the platform", appealed: "Appealed", state: "Appealed",
    evidence: "Evidence", download: "Download the zip", deadlines: "Deadlines", measures: "Figures", target: "Target", needed: "Positives needed", rules: "Platform rules",
  },
} as const;

interface Rows {
  reviews: { id: string; shop: { id: string; platform: string } }[];
}

for (const language of ["zh-CN", "en-US"] as const) {
  const say = words[language];
  const at = language === "zh-CN" ? 0 : 1;

  test.describe(language, () => {
    test.use({ locale: language });

    test("an evidence pack is built and downloaded, and is the same file twice", async ({ page, demo }) => {
      await signIn(page, demo.url, personOf(demo, "owner"));
      const { reviews } = await asked<Rows>(page, demo.url, "reviews?platform=taobao&rating=1&verdict=bad&match=any&limit=5");
      await page.goto(`${demo.url}/reviews?review=${reviews[at]?.id}`);
      await page.getByRole("dialog").getByRole("region", { name: say.removal }).getByRole("link", { name: say.evidence }).click();
      await expect(page.getByRole("heading", { name: say.evidence, level: 1 })).toBeVisible();
      const shown = await page.getByTestId("pack-hash").textContent();
      expect(shown).toMatch(/^[0-9a-f]{64}$/);
      const { createHash } = await import("node:crypto");
      const { readFile } = await import("node:fs/promises");
      const hashes: string[] = [];
      for (let time = 0; time < 2; time += 1) {
        const coming = page.waitForEvent("download");
        await page.getByRole("link", { name: say.download }).click();
        const path = await (await coming).path();
        hashes.push(createHash("sha256").update(await readFile(path)).digest("hex"));
      }
      expect(hashes).toEqual([shown, shown]);
    });

    test("a deadline leads to the rule it comes from", async ({ page, demo }) => {
      await signIn(page, demo.url, personOf(demo, "owner"));
      const { reviews } = await asked<Rows>(page, demo.url, "reviews?platform=taobao&limit=5");
      await page.goto(`${demo.url}/reviews?review=${reviews[at]?.id}`);
      const deadlines = page.getByRole("dialog").getByRole("list", { name: say.deadlines });
      const first = deadlines.getByRole("link").first();
      const name = await first.textContent();
      await first.click();
      await expect(page).toHaveURL(/\/rules\/[\w-]+\?at=(window|timer)\./);
      const rule = page.getByRole("region", { name: /^(window|timer)\./ }).and(page.locator('[aria-current="location"]'));
      await expect(rule).toBeVisible();
      await expect(rule.getByRole("heading", { level: 3 })).toContainText(name ?? "");
    });

    test("a request is filed, refused and appealed", async ({ page, demo }) => {
      await signIn(page, demo.url, personOf(demo, "owner"));
      const { reviews } = await asked<Rows>(page, demo.url, "reviews?platform=taobao&object=review&verdict=bad&limit=20");
      const id = reviews[at + 5]?.id;
      await page.goto(`${demo.url}/reviews?review=${id}`);
      await page.getByRole("dialog").getByRole("region", { name: say.removal }).getByRole("button", { name: say.file }).click();
      const form = page.getByRole("dialog", { name: say.file });
      await form.getByRole("textbox", { name: say.number }).fill(`T-${language}`);
      const reason = form.getByRole("textbox", { name: say.reason });
      if (await reason.isVisible()) await reason.fill(language === "zh-CN" ? "平台客服电话里让我们提交" : "The platform's support told us to file it");
      await form.getByRole("button", { name: say.ok }).click();
      await expect(page.getByText(say.filed)).toBeVisible();

      await page.getByRole("navigation", { name: say.nav }).getByRole("menuitem", { name: say.appeals }).click();
      await page.getByRole("tab", { name: say.waiting }).click();
      await page.getByRole("listitem").filter({ hasText: `T-${language}` }).getByRole("button").click();
      const drawer = page.getByRole("dialog").filter({ hasText: `T-${language}` }).first();
      await drawer.getByRole("button", { name: say.refuse }).click();
      const refusal = page.getByRole("dialog", { name: say.refuse });
      await refusal.getByRole("textbox", { name: say.answer }).fill(language === "zh-CN" ? "材料不足" : "Not enough evidence");
      await refusal.getByRole("button", { name: say.keep }).click();
      await expect(drawer.getByRole("list", { name: say.steps })).toContainText(say.refused);
      await drawer.getByRole("button", { name: say.appeal }).click();
      const appeal = page.getByRole("dialog", { name: say.appeal });
      await appeal.getByRole("textbox", { name: say.why }).fill(language === "zh-CN" ? "补充了聊天截图" : "The chat is attached now");
      await appeal.getByRole("button", { name: say.keep }).click();
      await expect(drawer.getByRole("list", { name: say.steps })).toContainText(say.appealed);
      await page.reload();
      await page.getByRole("tab", { name: say.waiting }).click();
      await expect(page.getByRole("listitem").filter({ hasText: `T-${language}` })).toContainText(say.state);
      // The demo is shared.
      const { requests } = await asked<{ requests: { id: string }[] }>(page, demo.url, `removals?review=${id}`);
      await sent(page, demo.url, "POST", `removals/${requests[0]?.id}/steps`, { kind: "withdrawn" });
    });

    test("a slider of the what-if moves the number of positives needed", async ({ page, demo }) => {
      await signIn(page, demo.url, personOf(demo, "owner"));
      await page.getByRole("navigation", { name: say.nav }).getByRole("menuitem", { name: say.measures }).click();
      await expect(page.getByRole("heading", { name: say.measures, level: 1 })).toBeVisible();
      const slider = page.getByRole("slider", { name: say.target }).first();
      const needed = page.getByRole("status", { name: say.needed }).first();
      await expect(slider).toHaveAttribute("aria-valuenow", "95");
      await slider.focus();
      for (let step = 0; step < 4; step += 1) await page.keyboard.press("ArrowRight");
      await expect(slider).toHaveAttribute("aria-valuenow", "99");
      const most = Number((await needed.textContent())?.match(/[\d,]+/)?.[0].replaceAll(",", ""));
      for (let step = 0; step < 19; step += 1) await page.keyboard.press("ArrowLeft");
      await expect(slider).toHaveAttribute("aria-valuenow", "80");
      const least = Number((await needed.textContent())?.match(/[\d,]+/)?.[0].replaceAll(",", ""));
      expect(most).toBeGreaterThan(least);
    });
  });
}
