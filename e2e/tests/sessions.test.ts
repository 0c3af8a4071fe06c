import { another } from "../support/colleagues";
import { expect, signIn, test } from "../support/desk";

const words = {
  "zh-CN": { table: "登录设备", current: "当前设备", out: "退出", others: "退出其他设备", ended: /登录已过期/, reviews: /^评价/ },
  "en-US": { table: "Signed-in devices", current: "This device", out: "Sign out", others: "Sign out all others", ended: /Your session ended/, reviews: /^Reviews/ },
} as const;

for (const language of ["zh-CN", "en-US"] as const) {
  const say = words[language];
  test.describe(language, () => {
    test.use({ locale: language });

    test("another place is signed out from here, one by one and all at once", async ({ page, demo, browser }) => {
      const person = demo.addPerson(`places-${language.toLowerCase()}`, "agent");
      await signIn(page, demo.url, person);
      const phone = await another(browser, language);
      await signIn(phone.page, demo.url, person);
      await page.goto(`${demo.url}/settings/sessions`);
      const table = page.getByRole("table", { name: say.table });
      await expect(table.getByRole("row")).toHaveCount(3);
      await expect(table.getByText(say.current)).toHaveCount(1);
      await expect(table.getByRole("row", { name: say.current }).getByRole("button")).toHaveCount(0);
      await table.getByRole("button").click();
      await page.getByRole("dialog").getByRole("button", { name: say.out, exact: true }).click();
      await expect(table.getByRole("row")).toHaveCount(2);
      await phone.page.getByRole("link", { name: say.reviews }).click();
      await expect(phone.page.getByText(say.ended)).toBeVisible();

      await signIn(phone.page, demo.url, person);
      await page.reload();
      await page.getByRole("button", { name: say.others }).click();
      await page.getByRole("dialog").getByRole("button", { name: say.others }).click();
      await expect(table.getByRole("row")).toHaveCount(2);
      await phone.page.reload();
      await expect(phone.page).toHaveURL(/\/login/);
      await phone.leave();
    });
  });
}
