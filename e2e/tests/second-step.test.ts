import { another } from "../support/colleagues";
import { expect, type Page, personOf, signIn, test } from "../support/desk";
import { codeOf } from "../support/totp";

const words = {
  "zh-CN": {
    on: "开启两步验证", password: "你的密码", next: "下一步", secret: "密钥", code: "验证码", turnOn: "开启", codes: "恢复码", kept: "我已保存恢复码", isOn: "已开启", menu: "我的菜单", out: "退出登录",
    step: "两步验证", submit: "登录", lost: "手机不在身边？用恢复码", picture: "二维码", off: "关闭两步验证", login: "账号", pass: "密码", nav: "主菜单",
    actions: (name: string) => `${name} 的操作`, remove: "取消两步验证（手机丢失）", removeOk: "取消两步验证（手机丢失）",
  },
  "en-US": {
    on: "Turn on the second step", password: "Your password", next: "Next", secret: "Key", code: "Code", turnOn: "Turn on", codes: "Recovery codes", kept: "I have kept the codes", isOn: "It is on", menu: "My menu", out: "Sign out",
    step: "Second step", submit: "Sign in", lost: "Phone not at hand? Use a recovery code", picture: "QR code", off: "Turn off the second step", login: "Login", pass: "Password", nav: "Main menu",
    actions: (name: string) => `Actions for ${name}`, remove: "Remove second step (lost phone)", removeOk: "Remove second step (lost phone)",
  },
} as const;

for (const language of ["zh-CN", "en-US"] as const) {
  const say = words[language];
  test.describe(language, () => {
    test.use({ locale: language });

    test("a code is asked for once it is turned on, and a recovery code helps when the phone is lost", async ({ page, demo, browser }) => {
      const person = demo.addPerson(`second-${language.toLowerCase()}`, "agent");
      await signIn(page, demo.url, person);
      await page.goto(`${demo.url}/settings/security`);
      await page.getByRole("button", { name: say.on }).click();
      await page.getByLabel(say.password).fill("not the password");
      await page.getByRole("button", { name: say.next }).click();
      await expect(page.getByRole("dialog").getByRole("alert")).toBeVisible();
      await page.getByLabel(say.password).fill(person.password);
      await page.getByRole("button", { name: say.next }).click();
      await expect(page.getByRole("img", { name: say.picture })).toBeVisible();
      const secret = await page.getByRole("textbox", { name: say.secret }).inputValue();
      await page.getByLabel(say.code, { exact: true }).fill(codeOf(secret));
      await page.getByRole("button", { name: say.turnOn, exact: true }).click();
      const list = page.getByRole("list", { name: say.codes }).getByRole("listitem");
      await expect(list).toHaveCount(10);
      const codes = await list.allInnerTexts();
      await page.getByRole("button", { name: say.kept }).click();
      await expect(page.getByText(say.isOn, { exact: true })).toBeVisible();

      await signOut(page);
      await password(page);
      await expect(page.getByRole("heading", { name: say.step })).toBeVisible();
      await page.getByLabel(say.code, { exact: true }).fill(codeOf(secret, 40));
      await page.getByRole("button", { name: say.submit }).click();
      await expect(page.getByRole("alert")).toBeVisible();
      // The code of this very moment was used to turn it on, and a code is good once.
      await page.getByLabel(say.code, { exact: true }).fill(codeOf(secret, 1));
      await page.getByRole("button", { name: say.submit }).click();
      await expect(page.getByRole("navigation", { name: say.nav })).toBeVisible();

      await signOut(page);
      await password(page);
      await page.getByRole("button", { name: say.lost }).click();
      await page.getByLabel(say.codes.replace(/s$/, "")).fill(codes[3] ?? "");
      await page.getByRole("button", { name: say.submit }).click();
      await expect(page.getByRole("navigation", { name: say.nav })).toBeVisible();

      const { page: boss, leave } = await another(browser, language);
      await signIn(boss, demo.url, personOf(demo, "owner"));
      await boss.goto(`${demo.url}/settings/people`);
      await boss.getByRole("row", { name: new RegExp(person.login) }).getByRole("button").click();
      await boss.getByRole("menuitem", { name: say.remove }).click();
      await boss.getByRole("dialog").getByRole("button", { name: say.removeOk }).click();
      await expect(boss.getByRole("dialog")).toBeHidden();
      await leave();

      await page.context().clearCookies();
      await signIn(page, demo.url, person);

      async function signOut(at: Page) {
        await at.getByRole("button", { name: say.menu }).click();
        await at.getByRole("menuitem", { name: say.out }).click();
        await expect(at.getByRole("button", { name: say.submit })).toBeVisible();
      }
      async function password(at: Page) {
        await at.getByLabel(say.login).fill(person.login);
        await at.getByLabel(say.pass).fill(person.password);
        await at.getByRole("button", { name: say.submit }).click();
      }
    });
  });
}
