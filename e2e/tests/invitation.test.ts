import { another } from "../support/colleagues";
import { expect, personOf, signIn, test } from "../support/desk";

const words = {
  "zh-CN": {
    people: "成员", invite: "邀请同事", name: "称呼", some: "只看选定的店铺", which: "选哪几家", make: "生成链接", link: "链接", kept: "我已保存", invited: "已邀请，还没加入",
    join: "加入团队", login: "登录账号", password: "密码", accept: "加入并登录", shops: "店铺", over: /用过|失效|过期/, reviews: "评价", notYours: "只有店主能用这一页",
    actions: (name: string) => `${name} 的操作`, disable: "停用", ended: /登录已过期/, gone: "已停用", missing: "至少选一家店铺", cases: "跟进", toCases: /^跟进/,
  },
  "en-US": {
    people: "People", invite: "Invite a colleague", name: "Name", some: "Only chosen shops", which: "Which ones", make: "Make the link", link: "Link", kept: "I have kept it", invited: "Invited, not here yet",
    join: "Join the team", login: "Login", password: "Password", accept: "Join and sign in", shops: "Shops", over: /used|ended|expired|no longer/i, reviews: "Reviews", notYours: "Only an owner may use this page",
    actions: (name: string) => `Actions for ${name}`, disable: "Disable", ended: /Your session ended/, gone: "Disabled", missing: "Choose at least one shop", cases: "Cases", toCases: /^Cases/,
  },
} as const;

for (const language of ["zh-CN", "en-US"] as const) {
  const say = words[language];
  test.describe(language, () => {
    test.use({ locale: language });

    test("an invited colleague sees only his shop, until he is disabled", async ({ page, demo, browser }) => {
      const name = language === "zh-CN" ? "新来的小王" : "Wang the new one";
      await signIn(page, demo.url, personOf(demo, "owner"));
      await page.goto(`${demo.url}/settings/people`);
      await page.getByRole("button", { name: say.invite }).click();
      const dialog = page.getByRole("dialog", { name: say.invite });
      await dialog.getByLabel(say.name).fill(name);
      await dialog.getByLabel(say.some).check();
      await dialog.getByRole("button", { name: say.make }).click();
      await expect(dialog.getByText(say.missing)).toBeVisible();
      await dialog.getByLabel(say.which).click();
      const option = page.locator(".ant-select-item-option").first();
      const shop = (await option.getAttribute("title")) ?? "";
      await option.click();
      await page.keyboard.press("Escape");
      await dialog.getByRole("button", { name: say.make }).click();
      const link = await page.getByRole("textbox", { name: say.link }).inputValue();
      expect(new URL(link).origin).toBe(demo.url);
      await page.getByRole("button", { name: say.kept }).click();
      await expect(page.getByRole("table", { name: say.invited }).getByText(name)).toBeVisible();

      const { page: his, leave } = await another(browser, language);
      await his.goto(link);
      await expect(his.getByRole("heading", { name: say.join })).toBeVisible();
      await his.getByLabel(say.login).fill(`wang-${language}`);
      await his.getByLabel(say.password).fill("correct-horse-battery-9");
      await his.getByRole("button", { name: say.accept }).click();
      await his.getByRole("link", { name: say.toCases }).click();
      await expect(his.getByRole("table", { name: say.cases })).toBeVisible();
      await his.goto(`${demo.url}/settings/shops`);
      await expect(his.getByRole("table", { name: say.shops }).getByRole("row")).toHaveCount(2);
      await expect(his.getByRole("table", { name: say.shops }).getByRole("row").nth(1)).toContainText(shop);
      await his.goto(`${demo.url}/settings/backups`);
      await expect(his.getByText(say.notYours)).toBeVisible();
      await his.goto(`${demo.url}/reviews`);
      await expect(his.getByRole("table", { name: say.reviews }).getByRole("row").nth(2)).toBeVisible();
      const { reviews } = (await (await his.request.get(`${demo.url}/api/v1/reviews?limit=100`)).json()) as { reviews: { shop: { name: string } }[] };
      expect([...new Set(reviews.map((each) => each.shop.name))]).toEqual([shop]);

      const late = await another(browser, language);
      await late.page.goto(link);
      await expect(late.page.getByText(say.over).first()).toBeVisible();
      await late.leave();

      await page.reload();
      await expect(page.getByRole("table", { name: say.people, exact: true }).getByText(name)).toBeVisible();
      await expect(page.getByRole("table", { name: say.invited })).toHaveCount(0);
      await page.getByRole("button", { name: say.actions(name) }).click();
      await page.getByRole("menuitem", { name: say.disable }).click();
      await page.getByRole("dialog").getByRole("button", { name: say.disable }).click();
      await expect(page.getByRole("row", { name: new RegExp(name) }).getByText(say.gone)).toBeVisible();
      await his.getByRole("link", { name: say.toCases }).click();
      await expect(his.getByText(say.ended)).toBeVisible();
      await leave();
    });
  });
}

test.describe("the only owner", () => {
  test.use({ locale: "zh-CN" });

  test("can be neither demoted nor disabled, and is told why", async ({ page, demo }) => {
    await signIn(page, demo.url, personOf(demo, "owner"));
    await page.goto(`${demo.url}/settings/people`);
    const row = page.getByRole("row", { name: /（你）/ });
    await row.getByRole("button").click();
    await expect(page.getByRole("menuitem", { name: "停用（唯一的店主不能停用）" })).toBeDisabled();
    await page.getByRole("menuitem", { name: "修改称呼和权限" }).click();
    await expect(page.getByText(/这是唯一的店主/)).toBeVisible();
  });
});
