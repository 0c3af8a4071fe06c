import { expect, personOf, signIn, test } from "../support/desk";

test.use({ locale: "zh-CN" });

test("a case is taken, the taking undone, and a note kept", async ({ page, demo }) => {
  await signIn(page, demo.url, personOf(demo, "agent"));
  await page.goto(`${demo.url}/cases?handler=none`);
  await page.getByRole("table", { name: "跟进" }).getByRole("link").first().click();
  await expect(page.getByText("还没有人跟进。")).toBeVisible();

  await page.getByRole("button", { name: "我来跟进" }).click();
  await expect(page.getByText("由你跟进。")).toBeVisible();
  await page.getByRole("button", { name: "撤销" }).click();
  await expect(page.getByText("还没有人跟进。")).toBeVisible();
  await page.keyboard.press("a");
  await expect(page.getByText("由你跟进。")).toBeVisible();

  const note = "已联系买家 <b>周二</b> 回电";
  await page.getByRole("button", { name: "保存备注" }).click();
  await expect(page.getByText("先写点什么再保存。")).toBeVisible();
  await page.getByRole("textbox", { name: "备注" }).fill(note);
  await page.reload();
  await expect(page.getByRole("textbox", { name: "备注" })).toHaveValue(note);
  await page.getByRole("button", { name: "保存备注" }).click();
  const timeline = page.getByRole("region", { name: "经过" });
  await expect(timeline.getByText(note)).toBeVisible();
  await expect(timeline.getByText("系统").first()).toBeVisible();
  await expect(page.getByRole("textbox", { name: "备注" })).toHaveValue("");
});

test("a list is worked by keys alone", async ({ page, demo }) => {
  await signIn(page, demo.url, personOf(demo, "agent"));
  await page.keyboard.press("g");
  await page.keyboard.press("r");
  const table = page.getByRole("table", { name: "评价" });
  await expect(table.getByRole("row").nth(3)).toBeVisible();
  await page.keyboard.press("j");
  await page.keyboard.press("j");
  await page.keyboard.press("k");
  await page.keyboard.press("o");
  const first = (await table.getByRole("row").nth(1).getByRole("link").first().getAttribute("href")) ?? "";
  await expect(page.getByRole("dialog")).toBeVisible();
  await expect(page).toHaveURL(`${demo.url}${first}`);
  await page.keyboard.press("Escape");
  await expect(page.getByRole("dialog")).toBeHidden();
  await page.keyboard.press("/");
  await expect(page.getByRole("search").getByRole("combobox")).toBeFocused();
  await page.keyboard.press("Escape");
  await page.keyboard.press("?");
  await expect(page.getByRole("dialog", { name: "快捷键" })).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("dialog", { name: "快捷键" })).toBeHidden();
  await page.keyboard.press("g");
  await page.keyboard.press("c");
  await expect(page).toHaveURL(/\/cases/);
});

test("filters live in the address and narrow the list", async ({ page, demo }) => {
  await signIn(page, demo.url, personOf(demo, "owner"));
  await page.goto(`${demo.url}/reviews?rating=1&rating=2`);
  const table = page.getByRole("table", { name: "评价" });
  await expect(table.getByRole("img", { name: /^[12] 星$/ }).first()).toBeVisible();
  await expect(table.getByRole("img", { name: /^[345] 星$/ })).toHaveCount(0);
  await page.getByRole("button", { name: "清除筛选" }).click();
  await expect(page).toHaveURL(`${demo.url}/reviews`);
  await expect(table.getByRole("img", { name: "5 星" }).first()).toBeVisible();
});

test("who may only look is told so and offered nothing else", async ({ page, demo }) => {
  await signIn(page, demo.url, demo.addPerson("looker", "read_only"));
  await page.goto(`${demo.url}/imports`);
  await expect(page.getByText(/你的角色不能导入文件/)).toBeVisible();
  await expect(page.getByRole("button", { name: "清除演示数据" })).toHaveCount(0);
});
