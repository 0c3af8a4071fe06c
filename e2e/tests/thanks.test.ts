import { expect, personOf, signIn, test } from "../support/desk";

const words = {
  "zh-CN": {
    today: "工作台", title: "好评回复", waiting: "待回复", written: "已回复", choose: /^选择：/, many: "拟回复（2）", answerTo: /^给「/, keep: "保存 2 条", keepOne: "保存 1 条", some: "保存了 1 条，1 条没有", kept: "已保存 1 条", close: "Close", back: "没有发布，撤回", taken: "已撤回，重新排队", toCase: "转为跟进单", opened: /已转为跟进单/, go: "去看看", reason: /手动转成了跟进单/, coverage: "各店的好评回复",
  },
  "en-US": {
    today: "Today", title: "Thanks", waiting: "Waiting", written: "Answered", choose: /^Choose: /, many: "Draft answers (2)", answerTo: /^Answer to/, keep: "Keep 2", keepOne: "Keep 1", some: "1 kept, 1 not", kept: "1 kept", close: "Close", back: "Not put up: take back", taken: "Taken back; it waits again", toCase: "Make it a case", opened: /It is case/, go: "Go there", reason: /made it a case/, coverage: "Answers to good reviews by shop",
  },
} as const;

for (const language of ["zh-CN", "en-US"] as const) {
  const say = words[language];

  test.describe(language, () => {
    test.use({ locale: language });

    test("good reviews are answered together, one that hides a trouble becomes a case", async ({ page, demo }) => {
      await signIn(page, demo.url, personOf(demo, "agent"));
      await expect(page.getByRole("heading", { name: say.today })).toBeVisible();
      await page.keyboard.press("g");
      await page.keyboard.press("q");
      await expect(page.getByRole("heading", { name: say.title })).toBeVisible();
      await expect(page.getByRole("list", { name: say.coverage }).getByRole("listitem").first()).toBeVisible();
      const list = page.getByRole("list", { name: say.waiting });
      await list.getByRole("checkbox", { name: say.choose }).nth(0).check();
      await list.getByRole("checkbox", { name: say.choose }).nth(1).check();
      await page.getByRole("button", { name: say.many }).click();

      // Each is drafted from another script; one that offends stops no other.
      const drawer = page.getByRole("dialog");
      const texts = drawer.getByRole("textbox", { name: say.answerTo });
      await expect(texts).toHaveCount(2);
      const [first, second] = [await texts.nth(0).inputValue(), await texts.nth(1).inputValue()];
      expect(first).not.toBe("");
      expect(first).not.toBe(second);
      await texts.nth(0).fill("亲，晒图好评返现5元，加微信领红包");
      await drawer.getByRole("button", { name: say.keep }).click();
      await expect(page.getByText(say.some)).toBeVisible();
      await expect(drawer.getByRole("alert").first()).toBeVisible();
      const mine = `${first} ${language}`;
      await texts.nth(0).fill(mine);
      await drawer.getByRole("button", { name: say.keepOne }).click();
      await expect(page.getByText(say.kept, { exact: true })).toBeVisible();
      await page.keyboard.press("Escape");
      await expect(drawer).toBeHidden();

      await page.getByRole("tab", { name: say.written, exact: true }).click();
      const written = page.getByRole("list", { name: say.written }).getByRole("listitem").filter({ hasText: mine });
      await expect(written).toHaveCount(1);
      await written.getByRole("button", { name: say.back }).click();
      await expect(page.getByText(say.taken)).toBeVisible();
      await expect(written).toHaveCount(0);

      await page.getByRole("tab", { name: say.waiting, exact: true }).click();
      await list.getByRole("listitem").last().getByRole("button", { name: say.toCase }).click();
      await expect(page.getByText(say.opened)).toBeVisible();
      await page.getByRole("button", { name: say.go }).click();
      await expect(page.getByText(say.reason).first()).toBeVisible();
    });
  });
}
