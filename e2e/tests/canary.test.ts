import { Bait } from "../support/bait";
import { another, asked, invitation, sent } from "../support/colleagues";
import { expect, type Page, test } from "../support/desk";
import { csvFile } from "../support/files";

test.use({ locale: "zh-CN" });

const order = "4400000000001";

async function bring(page: Page, url: string, shop: string, file: ReturnType<typeof csvFile>): Promise<string> {
  const answer = await page.request.post(`${url}/api/v1/imports`, { headers: { "X-Pingxin": "1", Origin: url }, multipart: { shop_name: shop, platform: "taobao", file } });
  expect(answer.status(), await answer.text()).toBe(202);
  const { id } = (await answer.json()) as { id: string };
  const now = async () => {
    const { state, failed, error } = await asked<{ state: string; failed: number; error: unknown }>(page, url, `imports/${id}`);
    return `${state} ${error ? JSON.stringify(error) : ""}${failed > 1 ? `${failed} failed` : ""}`.trim();
  };
  await expect.poll(now, { timeout: 30_000, message: file.name }).toBe("done");
  return id;
}

/** Every kind of file, each field of it a bait. */
async function files(page: Page, url: string, bait: Bait, shop: string): Promise<string> {
  const long = { most: 900 };
  const reviews = await bring(page, url, shop, csvFile(`${bait.text("name of a file").replaceAll("/", "∕")}.csv`, [
    ["订单编号", "商品ID", "商品标题", "评价标题", "评价内容", "评分", "评价时间", "买家昵称", "追评内容", "追评时间", "商家回复", "评价图片", "评价视频", "商家编码"],
    [
      order, bait.text("key of a product"), bait.text("title of a product"), bait.text("title of a review"), `质量太差 ${bait.text("text of a review", long)}`, "1", "2026-11-08 10:00:00",
      bait.text("nick of a buyer", { isShown: false }), `用了几天坏了 ${bait.text("text of a follow-up", long)}`, "2026-11-12 10:00:00", bait.text("reply of the shop", { isShown: false }),
      bait.raw("link of a photo", "javascript:window.__bait=1//", { isShown: false }), bait.raw("link of a video", "javascript:window.__bait=1//", { isShown: false }), bait.text("sku of a line", { isShown: false }),
    ],
    ["4400000000002", "p2", "保温杯", "", bait.raw("formula as a review", "=HYPERLINK(\"javascript:alert(1)\")"), "2", "2026-11-09 10:00:00", "买家乙", "", "", "", "", "", ""],
    [bait.text("order number that fails", { isShown: false }), "p3", "保温杯", "", "星级写错", bait.text("value that fails"), "2026-11-10 10:00:00", "买家丙", "", "", "", "", "", ""],
  ]));
  await bring(page, url, shop, csvFile("订单.csv", [
    ["订单编号", "订单状态", "下单时间", "宝贝标题", "商家编码", "收货人姓名", "联系手机", "邮箱", "收货地址", "省份", "物流公司", "运单号", "买家昵称"],
    [
      order, "已签收", "2026-11-01 10:00:00", bait.text("title of an order line", { isShown: false }), bait.text("sku of an order line", { isShown: false }), bait.text("name of a buyer", { isShown: false }), "13812345678", "a@b.example",
      bait.text("address of a buyer", { isShown: false }), bait.text("region of a buyer"), bait.text("carrier"), bait.text("tracking number"), "买家甲",
    ],
  ]));
  await bring(page, url, shop, csvFile("聊天.csv", [
    ["订单编号", "发送时间", "发送人", "发送方类型", "消息内容"],
    [order, "2026-11-02 09:00:00", bait.text("who said something", { isShown: false }), "买家", bait.text("what the buyer said", long)],
    [order, "2026-11-02 09:05:00", `${shop}:${bait.text("agent of a chat")}`, "卖家", bait.text("what the seller said", long)],
  ]));
  await bring(page, url, shop, csvFile("物流.csv", [
    ["运单号", "订单编号", "物流公司", "物流状态", "轨迹时间", "轨迹内容"],
    ["SF1234567890", order, bait.text("carrier of a parcel"), "已签收", "2026-11-05 12:00:00", bait.text("station of a parcel", long)],
  ]));
  await bring(page, url, shop, csvFile("退款.csv", [
    ["退款编号", "订单编号", "退款类型", "退款状态", "退款金额", "退款原因", "退款说明", "申请时间"],
    [bait.text("id of an after-sale", { isShown: false }), order, "仅退款", "退款成功", "59.00", bait.text("reason of an after-sale"), bait.text("words of an after-sale", long), "2026-11-06 09:00:00"],
  ]));
  await bring(page, url, shop, csvFile("通话.csv", [
    ["订单编号", "通话时间", "呼叫方向", "通话结果", "通话时长", "通话备注", "坐席", "电话"],
    [order, "2026-11-07 09:00:00", "呼出", "接通", "65", bait.text("note of a call", long), bait.text("agent of a call"), "13812345678"],
  ]));
  await bring(page, url, shop, csvFile("指标.csv", [["指标", "数值", "统计日期"], [bait.text("figure in a file"), "4.8", "2026-11-07"]]));
  return reviews;
}

interface Ids {
  case: string;
  review: string;
  order: string;
  buyer: string;
  product: string;
}

/** Every field that can be typed in, through the API as the pages use it. */
async function typed(page: Page, url: string, bait: Bait, ids: Ids, shop: string): Promise<void> {
  const post = (path: string, data: object) => sent(page, url, "POST", path, data) as Promise<{ id: string }>;
  const long = { most: 900 };
  await post(`cases/${ids.case}/notes`, { text: bait.text("note of a case", long) });
  const tag = await post("tags", { name: bait.text("name of a tag", { most: 30 }), colour: "red" });
  await post("bulk", { list: "cases", ids: [ids.case], action: { kind: "tag", tag: tag.id } });
  await post("bulk", { list: "reviews", ids: [ids.review], action: { kind: "tag", tag: tag.id } });
  for (const list of ["reviews", "cases"]) await post("views", { list, name: bait.text(`name of a view of ${list}`, { most: 40 }), query: "rating=1", columns: [], shared: true });
  await post(`buyers/${ids.buyer}/notes`, { text: bait.text("note of a buyer", long) });
  await post("teams", { name: bait.text("name of a team", { most: 60 }), members: [] });
  await post(`cases/${ids.case}/tasks`, { department: "warehouse", text: bait.text("text of a task", long), due_at: null });
  const answered = await post(`cases/${ids.case}/tasks`, { department: "finance", text: bait.text("text of an answered task", long), due_at: "2026-12-01T10:00:00Z" });
  await post(`tasks/${answered.id}/answer`, { text: bait.text("answer of a task", long) });
  await post("shops", { name: bait.text("name of a shop", { most: 60 }), platform: "ebay" });
  const today = new Date().toISOString().slice(0, 8);
  await sent(page, url, "PUT", `calendar/${today}15`, { kind: "holiday", name: bait.text("name of a day", { most: 40 }) });
  await post("tokens", { name: bait.text("name of a token", { most: 60 }), permissions: ["review.read"], days: 30 });
  await post("import-profiles", { pingxin_profile: 1, name: bait.text("name of a template", { most: 60 }), encoding: null, columns: [{ column: bait.text("column of a template", { isShown: false }), field: "text", date_order: null }] });
  const { shops } = await asked<{ shops: { id: string; name: string }[] }>(page, url, "shops");
  const first = shops.find((each) => each.name === shop);
  await post("figures", { shop_id: first?.id, name: bait.text("name of a figure", { most: 60 }), value: "4.86", date: "2026-11-08", unit: null });
  await invitation(page, url, { display_name: bait.text("name of somebody invited", { most: 60 }), role: "agent" });
}

/** Waits until nothing on the page is still on its way. */
async function settled(page: Page): Promise<void> {
  await page.waitForLoadState("load");
  await expect(page.locator("main, form, .ant-result, input").first()).toBeVisible();
  await expect(page.locator(".ant-skeleton-active, [aria-busy=true]")).toHaveCount(0);
  await page.waitForTimeout(250);
}

test("what would run shows as text, in every field and on every page", async ({ page, fresh, browser }) => {
  test.setTimeout(300_000);
  const { url } = fresh;
  const bait = new Bait();
  const dialogs: string[] = [];
  page.on("dialog", (dialog) => {
    dialogs.push(dialog.message());
    void dialog.dismiss();
  });
  const token = new URL(fresh.setup ?? url).searchParams.get("token");
  const owner = { token, login: "owner", password: "correct-horse-battery-9" };
  await page.goto(`${url}/login`);
  await sent(page, url, "POST", "setup/owner", { ...owner, tenant_name: bait.text("name of the merchant", { most: 60 }), display_name: bait.text("name of the owner", { most: 60 }) });
  const shop = bait.text("name of an imported shop", { most: 60 });
  const imported = await files(page, url, bait, shop);
  const find = async (path: string, list: string) => ((await asked<Record<string, { id: string }[]>>(page, url, path))[list] ?? [])[0]?.id ?? "";
  const ids: Ids = {
    case: await find("cases?sort=severity&limit=1", "cases"),
    review: await find(`reviews?order=${order}&limit=1`, "reviews"),
    order: await find(`orders?q=${order}`, "orders"),
    buyer: await find("buyers?limit=1", "buyers"),
    product: await find("products?limit=1&sort=bad", "products"),
  };
  const { cases } = await asked<{ cases: { id: string; review: { order_number: string | null } }[] }>(page, url, "cases?limit=50");
  ids.case = cases.find(({ review }) => review.order_number === order)?.id ?? ids.case;
  await typed(page, url, bait, ids, shop);

  // Somebody whose name, login and browser are bait as well, on the same case.
  const invited = await invitation(page, url, { display_name: bait.text("name of a colleague", { most: 60 }), role: "supervisor" });
  const other = await another(browser, "zh-CN");
  await other.context.setExtraHTTPHeaders({ "User-Agent": "<script>window.__bait=1</script> Mozilla/5.0" });
  await other.page.goto(invited);
  await other.page.getByLabel("登录账号").fill("colleague");
  await other.page.getByLabel("密码").fill("correct-horse-battery-9");
  await other.page.getByRole("button", { name: "加入并登录" }).click();
  await expect(other.page.getByRole("navigation", { name: "主菜单" })).toBeVisible();
  await other.page.goto(`${url}/cases/${ids.case}`);

  const settings = ["me", "security", "sessions", "tokens", "shops", "people", "teams", "tags", "calendar", "profiles", "merchant", "backups", "audit", "about"];
  const pages = [
    "cases?state=all", `cases/${ids.case}`, "reviews", `reviews?review=${ids.review}`, "orders", `orders/${ids.order}`, "buyers", `buyers/${ids.buyer}`, "products", `products/${ids.product}`,
    "imports", `imports/${imported}`, "tasks", "tasks?state=done", ...settings.map((part) => `settings/${part}`), `side?q=${order}`, "invite?token=made-up", "login",
  ];
  for (const address of pages) {
    await page.goto(`${url}/${address}`);
    await settled(page);
    if (address.startsWith("cases/")) await expect(page.getByText(/正在回复|也在看/)).toBeVisible();
    if (address === "imports") await page.getByRole("button", { name: "手工录入平台指标" }).click();
    if (address === "imports") await expect(page.getByRole("list", { name: "最近录入" })).toBeVisible();
    if (address === "settings/audit") {
      const closed = page.getByRole("button", { name: "展开行" });
      // An open row says something else, so the first closed one is always the next.
      for (let left = await closed.count(); left > 0; left -= 1) await closed.first().click({ timeout: 5_000 });
    }
    expect(await bait.look(page), address).toEqual([]);
    expect(dialogs, address).toEqual([]);
  }
  await other.leave();
  expect(bait.unseen()).toEqual([]);
});
