import { crc32 } from "node:zlib";
import { csvFile, review } from "../support/files";
import { expect, type Page, personOf, signIn, test } from "../support/desk";
import { contexts, take } from "./take";

const { order } = review(700, "", 1);
const shop = "截图店";

interface File {
  name: string;
  mimeType: string;
  buffer: Buffer;
}

/** A zip archive without compression. */
function zip(name: string, files: readonly File[]): File {
  const locals: Buffer[] = [];
  const entries: Buffer[] = [];
  let at = 0;
  for (const { name: inside, buffer } of files) {
    const path = Buffer.from(inside, "utf8");
    const head = Buffer.alloc(26);
    head.writeUInt16LE(20, 0);
    head.writeUInt16LE(1 << 11, 2);
    head.writeUInt32LE(crc32(buffer), 10);
    head.writeUInt32LE(buffer.length, 14);
    head.writeUInt32LE(buffer.length, 18);
    head.writeUInt16LE(path.length, 22);
    const tail = Buffer.alloc(14);
    tail.writeUInt32LE(at, 10);
    const local = Buffer.concat([Buffer.from("PK\x03\x04"), head, path, buffer]);
    entries.push(Buffer.concat([Buffer.from("PK\x01\x02\x14\x00"), head, tail, path]));
    locals.push(local);
    at += local.length;
  }
  const list = Buffer.concat(entries);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(files.length, 4);
  end.writeUInt16LE(files.length, 6);
  end.writeUInt32LE(list.length, 8);
  end.writeUInt32LE(at, 12);
  return { name, mimeType: "application/zip", buffer: Buffer.concat([...locals, list, Buffer.from("PK\x05\x06"), end]) };
}

/** Brings a file in and waits for its end; gives its id. */
async function bring(page: Page, url: string, file: File): Promise<string> {
  const headers = { "X-Pingxin": "1" };
  const sent = await page.request.post(`${url}/api/v1/imports`, { headers, multipart: { shop_name: shop, platform: "taobao", file } });
  expect(sent.status(), await sent.text()).toBe(202);
  const { id } = (await sent.json()) as { id: string };
  const state = async () => ((await (await page.request.get(`${url}/api/v1/imports/${id}`)).json()) as { state: string }).state;
  await expect.poll(state, { timeout: 30_000 }).toBe("done");
  return id;
}

test("an import and what it brings", async ({ browser, demo, page }) => {
  test.setTimeout(900_000);
  await signIn(page, demo.url, personOf(demo, "owner"));
  const photo = await page.screenshot();
  const heads = ["订单编号", "商品标题", "评价内容", "评分", "评价时间", "买家昵称", "评价图片"];
  const reviews = csvFile("评价.csv", [
    heads,
    [order, "加厚保温杯 500ml", "收到就漏水，客服也不理人，太失望了", "1", "2026-11-08 10:00:00", "买家700", "晒图1.png;晒图2.png"],
    [review(701, "", 1).order, "加厚保温杯 500ml", "星级写错的一行", "９x", "2026-11-09 10:00:00", "买家701", ""],
    [review(702, "", 1).order, "加厚保温杯 500ml", "挺好的", "5", "2026-11-10 10:00:00", "买家702", ""],
  ]);
  const photos = ["晒图1.png", "晒图2.png", "没人提到.png"].map((name) => ({ name, mimeType: "image/png", buffer: photo }));
  const id = await bring(page, demo.url, zip("评价和图片.zip", [reviews, ...photos]));
  await bring(page, demo.url, csvFile("聊天.csv", [
    ["订单编号", "发送时间", "发送人", "发送方类型", "消息内容"],
    [order, "2026-11-02 09:00:00", "买家700", "买家", "收到就漏水，打我电话 13812345678"],
    [order, "2026-11-02 09:05:00", `${shop}:小林`, "卖家", "非常抱歉，马上给您补发一个，您看可以吗？"],
    [order, "2026-11-03 20:11:00", "买家700", "买家", "等了一天也没人联系我"],
  ]));
  await bring(page, demo.url, csvFile("物流.csv", [
    ["运单号", "订单编号", "物流公司", "物流状态", "轨迹时间", "轨迹内容"],
    ["SF1234567890", order, "顺丰速运", "已签收", "2026-11-05 12:00:00", "已签收，签收人：本人"],
    ["SF1234567890", order, "顺丰速运", "运输中", "2026-11-03 08:00:00", "快件到达【杭州转运中心】"],
  ]));
  await bring(page, demo.url, csvFile("退款.csv", [
    ["退款编号", "订单编号", "退款类型", "退款状态", "退款金额", "退款原因", "申请时间"],
    ["9001", order, "仅退款", "退款成功", "59.00", "商品质量问题", "2026-11-06 09:00:00"],
  ]));
  const found = await page.request.get(`${demo.url}/api/v1/cases?q=${encodeURIComponent("收到就漏水")}`);
  const { cases } = (await found.json()) as { cases: { id: string; review: { id: string } }[] };
  const first = cases[0];
  if (!first) throw new Error("no case was opened");

  await contexts(browser, async (each, tag) => {
    await signIn(each, demo.url, personOf(demo, "owner"));
    await each.goto(`${demo.url}/imports/${id}`);
    await each.getByRole("table").first().waitFor();
    await take(each, "import-result", tag);
    await each.getByRole("button", { name: /^(撤销这次导入|Undo this import)/ }).click();
    await each.getByRole("dialog").waitFor();
    await take(each, "import-undo", tag);
    await each.goto(`${demo.url}/cases/${first.id}`);
    await each.getByRole("log").waitFor();
    await take(each, "case-records", tag);
    await each.goto(`${demo.url}/reviews?review=${first.review.id}`);
    await each.getByRole("article").waitFor();
    await take(each, "review-photos", tag);
    await each.goto(`${demo.url}/imports`);
    await each.locator("input[type=file]").setInputFiles(csvFile("怪表.csv", [["甲列", "乙列", "丙列"], ["甲乙丙里的第一句", "1", "10/11/2026"], ["还行吧", "4", "11/11/2026"]]));
    await each.getByLabel(/^(导入到哪家店铺|Import into shop)$/).click();
    await each.getByTitle(shop).click();
    await each.getByRole("button", { name: /^(下一步|Next)$/ }).click();
    await each.getByRole("table", { name: /^(列的对应|Columns)$/ }).waitFor();
    await take(each, "draft-unknown", tag);
    await each.getByRole("button", { name: /^(丢弃这个文件|Throw this file away)$/ }).click();
  });
});
