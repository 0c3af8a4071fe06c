import { expect, personOf, signIn, test } from "../support/desk";

test.describe("the first owner", () => {
  test.use({ locale: "zh-CN" });

  test("is made by the link the program prints, which is good once", async ({ page, fresh }) => {
    await page.goto(`${fresh.url}/login`);
    await expect(page.getByText(/还没有店主账号/)).toBeVisible();
    await page.goto(fresh.setup ?? "");
    await page.getByLabel("公司或团队名称").fill("青禾家居");
    await page.getByLabel("你的称呼").fill("小林");
    await page.getByLabel("登录账号").fill("xiaolin");
    await page.getByLabel("密码").fill("short");
    await page.getByRole("button", { name: "创建并登录" }).click();
    await expect(page.getByText("至少 10 位").first()).toBeVisible();
    await page.getByLabel("密码").fill("correct-horse-battery-9");
    await page.getByRole("button", { name: "创建并登录" }).click();
    await expect(page.getByRole("heading", { name: "第一次导入" })).toBeVisible();
    await expect(page.getByText("演示数据")).toHaveCount(0);

    for (const [place, title] of [["跟进", "没有要跟进的"], ["评价", "还没有评价"]] as const) {
      await page.getByRole("link", { name: place, exact: true }).click();
      await expect(page.getByRole("heading", { name: title })).toBeVisible();
    }
    await page.goto(fresh.setup ?? "");
    await expect(page.getByText("已经有店主账号了")).toBeVisible();
  });

  test("is not made by a wrong link", async ({ page, fresh }) => {
    await page.goto(`${fresh.url}/setup?token=made-up`);
    await page.getByLabel("公司或团队名称").fill("别人");
    await page.getByLabel("你的称呼").fill("别人");
    await page.getByLabel("登录账号").fill("other");
    await page.getByLabel("密码").fill("correct-horse-battery-9");
    await page.getByRole("button", { name: "创建并登录" }).click();
    await expect(page.getByRole("alert")).toBeVisible();
    await expect(page.getByLabel("登录账号")).toHaveValue("other");
  });
});

test.describe("signing in", () => {
  test.use({ locale: "en-US" });

  test("says that the password is wrong and keeps the login", async ({ page, demo }) => {
    await page.goto(`${demo.url}/login`);
    await page.getByLabel("Login").fill(personOf(demo, "owner").login);
    await page.getByLabel("Password").fill("not the password");
    await page.getByRole("button", { name: "Sign in" }).click();
    await expect(page.getByRole("alert")).toBeVisible();
    await expect(page.getByRole("alert")).not.toContainText(/\p{Script=Han}/u);
    await expect(page.getByLabel("Login")).toHaveValue(personOf(demo, "owner").login);
  });

  test("leads back to the page that was asked for", async ({ page, demo }) => {
    const { login, password } = personOf(demo, "owner");
    await page.goto(`${demo.url}/reviews?rating=1&sort=severity`);
    await page.getByLabel("Login").fill(login);
    await page.getByLabel("Password").fill(password);
    await page.getByRole("button", { name: "Sign in" }).click();
    await expect(page).toHaveURL(`${demo.url}/reviews?rating=1&sort=severity`);
    await expect(page.getByRole("table", { name: "Reviews" })).toBeVisible();
  });

  test("is asked for again when the session is over, and the page is kept", async ({ page, demo, context }) => {
    await signIn(page, demo.url, personOf(demo, "owner"));
    await page.goto(`${demo.url}/reviews`);
    await expect(page.getByRole("table", { name: "Reviews" })).toBeVisible();
    await context.clearCookies();
    await page.getByRole("link", { name: "Cases" }).click();
    await expect(page.getByText("Your session ended. Sign in and you are back where you were.")).toBeVisible();
    await expect(page).toHaveURL(/next=%2Fcases/);
  });

  test("signs out for good", async ({ page, demo }) => {
    await signIn(page, demo.url, personOf(demo, "agent"));
    await page.getByRole("button", { name: "My menu" }).click();
    await page.getByRole("menuitem", { name: "Sign out" }).click();
    await expect(page.getByRole("button", { name: "Sign in" })).toBeVisible();
    await page.goto(`${demo.url}/cases`);
    await expect(page.getByRole("button", { name: "Sign in" })).toBeVisible();
  });
});
