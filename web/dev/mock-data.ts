// A handful of rows for `mock.ts`, in the shapes of the API.
import type { Case, CaseEvent, CaseRow, Import, ImportFailure, Me, Review, ReviewRow, Shop, Summary } from "../src/api/types";

const id = (number: number) => `0190a5a0-0000-7000-8000-${String(number).padStart(12, "0")}`;
const ago = (hours: number) => new Date(Date.now() - hours * 3_600_000).toISOString();

const told = (body: object) => body as CaseEvent["body"];

export const me: Me = {
  user: { id: id(1), login: "demo", display_name: "小评", role: "owner", department: null, totp: false, locale: null },
  tenant: { id: id(2), name: "青禾家居（演示）", demo: true, solo: false },
  permissions: ["review.read", "case.read", "case.handle", "case.assign", "import.create", "import.read", "shop.manage", "list.export", "demo.wipe", "person.read", "person.manage", "contact.reveal", "review.tag", "tag.manage", "view.share", "audit.read", "calendar.manage", "backup.manage", "task.read", "task.answer", "token.use", "review.correct", "reading.manage"],
};

export const shops: Shop[] = [
  { id: id(11), name: "青禾家居旗舰店", platform: "tmall", timezone: "Asia/Shanghai", currency: "CNY", reviews: 82, open_cases: 21, open_cases_capped: false, folk_models: false },
  { id: id(12), name: "青禾小铺", platform: "taobao", timezone: "Asia/Shanghai", currency: "CNY", reviews: 71, open_cases: 14, open_cases_capped: false, folk_models: false },
  { id: id(13), name: "Greenfield Home", platform: "amazon-us", timezone: "America/Los_Angeles", currency: "USD", reviews: 51, open_cases: 9, open_cases_capped: false, folk_models: false },
];

export const summary: Summary = { reviews: 204, reviews_capped: false, open_cases: 44, open_cases_capped: false, urgent_cases: 6, urgent_cases_capped: false, imports_running: 0 };

const texts: [string, number, ReviewRow["primary_cause"], number][] = [
  ["穿了两天就开线，客服还爱答不理的，说好的七天无理由退货现在推三阻四。", 1, "quality", 88],
  ["Arrived two weeks late and the lid was cracked. No bubble wrap at all.", 2, "damage_packaging", 64],
  ["颜色跟图片差太多了，尺码也偏小，一般般吧", 3, "mismatch", 47],
  ["包装破损，里面的杯子碎了一只😡", 2, "damage_packaging", 61],
  ["挺好的，物流很快，还会再来", 5, null, 4],
];

export const reviews: ReviewRow[] = Array.from({ length: 120 }, (_, index) => {
  const [text, rating, cause, severity] = texts[index % texts.length] as (typeof texts)[number];
  const shop = shops[index % 3] as Shop;
  return {
    id: id(100 + index),
    shop: { id: shop.id, name: shop.name, platform: shop.platform },
    object: "review",
    title: null,
    text,
    rating,
    verdict: null,
    created_at: index === 7 ? null : ago(index * 7 + 1),
    product: { id: null, key: "p1", title: "加厚纯棉四件套 A 类母婴级 60 支长绒棉床单被套枕套简约纯色全棉床上用品 1.8m 床" },
    order_number: index % 4 === 0 ? null : String(2_600_000_000_000 + index),
    buyer: "t**1",
    sentiment: { label: rating > 3 ? "positive" : rating === 3 ? "mixed" : "negative", score: (rating - 3) / 2.2 },
    causes: cause ? [cause, "service"] : [],
    primary_cause: cause,
    fault: cause ? "seller" : null,
    severity,
    language: /[a-z]{3}/.test(text) ? "en" : "zh",
    case: cause ? { id: id(500 + index), number: 1000 + index, state: "open" } : null,
    revision: index === 0 ? 2 : 1,
    tags: index % 3 === 0 ? [{ id: id(801), name: "待补发", colour: "orange" }, { id: id(802), name: "重点客户", colour: "purple" }] : [],
    gone_at: index === 3 ? ago(3) : null,
    handler: null,
  };
});

export function reviewOf(wanted: string): Review {
  const row = reviews.find((each) => each.id === wanted) ?? (reviews[0] as ReviewRow);
  return {
    ...row,
    imported_at: ago(2),
    removal: { verdict: "no_rule", grounds: [], reports: [], pack: null, stale: false, path: null, next: [], deadlines: [], requests: [], stated_at: null, stated_by: null, stated: { chat_proof_id: null, pattern_of_ratings: null, buyer_is_competitor: null, fraud_report: null, both_rated: null, fulfilled_by: null, buy_shipping: null, shipped_on_time: null }, known: { both_rated: null, fulfilled_by: null, buy_shipping: null, shipped_on_time: null } },
    platform_review_id: "1290013",
    photos: 2,
    likes: 3,
    media: [0, 1, 2, 3, 4].map((position) => ({
      position,
      kind: position > 2 ? "video" : "photo",
      name: position === 2 ? "https://img.alicdn.com/imgextra/i3/O1CN01.jpg" : position === 4 ? "开箱.mov" : `晒图${position + 1}.jpg`,
      link: position === 2 ? "https://img.alicdn.com/imgextra/i3/O1CN01.jpg" : null,
      stored: position < 2 || position === 3,
      width: 800,
      height: 600,
    })),
    triage: {
      language: row.language ?? "und",
      sentiment: row.sentiment ?? { label: "neutral", score: 0 },
      sentiment_spans: [[0, 7]],
      causes: row.primary_cause
        ? [
            { code: row.primary_cause, score: 0.97, spans: [[0, 7]], told: [{ in: "text", span: [0, 7], by: "rule", weight: 2.5 }] },
            { code: "service", score: 0.81, spans: [[4, 16]], told: [] },
          ]
        : [],
      primary_cause: row.primary_cause,
      fault: row.fault ?? "unknown",
      fault_why: null,
      signals: row.rating === 1 ? [{ code: "threat", kind: null, in: "text", spans: [[18, 26]], why: { zh: "声称要投诉举报", en: "Threatens with authorities" } }] : [],
      severity: row.severity ?? 0,
      severity_parts: [
        { part: "stars", points: 45 },
        { part: "tone", points: 24 },
        { part: "cause", points: 9 },
        { part: "signals", points: 10 },
      ],
      model: "reviews-2026-11",
    },
    corrections: [],
    patterns: [],
    order: {
      id: id(900),
      shop: row.shop,
      number: "2600000000001",
      state: "delivered",
      placed_at: ago(200),
      paid_at: ago(199),
      promised_at: ago(120),
      shipped_at: ago(180),
      delivered_at: ago(110),
      completed_at: null,
      amount: { minor: 12_900, currency: "CNY" },
      fulfilled_by: "merchant",
      carrier: "中通快递",
      tracking_number: "ZT7782200011",
      buyer: { id: id(901), nick: "t**1", name: "张**", phone: "138****5678", region: "浙江" },
      lines: [{ sku: "QH-001-GRY", title: row.product?.title ?? null, quantity: 1, price: { minor: 12_900, currency: "CNY" }, product_id: null }],
    },
    revisions: [
      { revision: 1, rating: 2, verdict: null, title: null, text: "穿了两天就开线，客服也不理", seen_at: ago(60), import: { id: id(700), file_name: "评价.csv", line: 12 } },
      { revision: 2, rating: row.rating, verdict: null, title: null, text: row.text, seen_at: ago(2), import: null },
    ],
    source: { import_id: id(700), file_name: "评价_2026-11.csv", line: 12 },
  };
}

export const cases: CaseRow[] = reviews
  .filter((each) => each.case)
  .map((review, index) => ({
    id: id(500 + reviews.indexOf(review)),
    number: 1000 + index,
    kind: "review",
    state: index % 5 === 1 ? "in_progress" : "open",
    shop: review.shop,
    severity: review.severity ?? 0,
    primary_cause: review.primary_cause,
    fault: review.fault,
    opened_at: ago(index * 3),
    updated_at: ago(index * 2),
    waiting: null,
    outcome: null,
    closed_at: null,
    merged_into: null,
    due_at: ago(-2),
    next_step: "contact_buyer",
    next_contact: { channel: "phone", from: ago(-1), to: ago(-3) },
    next_deadline: { what: "buyer_modify", at: ago(-240) },
    clock: { kind: "first_response" as const, due_at: ago(-2) },
    escalated_at: null,
    tags: [],
    owner: index % 5 === 1 ? { id: id(1), name: "小评" } : null,
    reason: "low_stars",
    review,
    matter: null,
  }));

export function caseOf(wanted: string): Case {
  const row = cases.find((each) => each.id === wanted) ?? (cases[0] as CaseRow);
  return {
    ...row,
    review: reviewOf(row.review?.id ?? ""),
    order_id: null,
    events: [
      { seq: 1, at: ago(30), kind: "opened", actor: null, body: told({ reason: "low_stars" }) },
      { seq: 2, at: ago(20), kind: "assigned", actor: { id: id(1), name: "小评" }, body: told({ owner: { id: id(1), name: "小评" } }) },
      { seq: 3, at: ago(10), kind: "note", actor: { id: id(1), name: "小评" }, body: told({ text: "已电话联系，买家愿意换货。\n周二回电。" }) },
      { seq: 4, at: ago(2), kind: "review_revised", actor: null, body: told({ revision: 2 }) },
    ],
    related: [{ id: id(503), number: 1003, kind: "review", state: "open", outcome: null, same_order: false, merged_here: false, severity: 61, summary: "包装破损，里面的杯子碎了一只" }],
    version: 4,
  };
}

export const failures: ImportFailure[] = [
  { line: 12, column: "评分", value: "９x", reason: "星级要写 1 到 5 的数字。" },
  { line: 40, column: null, value: null, reason: "这一行没有评价内容，也没有星级。" },
];

const sure = { date_order: null, ambiguous: false };

export function importAt(milliseconds: number): Import {
  const rows = Math.min(2000, Math.round(milliseconds / 2));
  const done = rows === 2000;
  return {
    id: id(701), file_name: "评价_双11.csv", shop: { id: id(12), name: "青禾小铺" }, profile: "generic-reviews", encoding: "gb18030", kind: "reviews",
    state: done ? "done" : "running", dry_run: false, bytes: 482_113, bytes_read: Math.round((rows / 2000) * 482_113), rows,
    new: rows - 2, updated: 0, unchanged: 0, duplicate: 0, failed: Math.min(2, rows), cases_opened: Math.round(rows / 9),
    media_refusals: [], draft_id: null,
    mapping: [
      { column: "评价内容", field: "text", ...sure, sample: ["穿了两天就开线", "挺好的，物流很快", "颜色跟图片差太多了"] },
      { column: "评分", field: "rating", ...sure, sample: ["1", "5", "3"] },
      { column: "评价时间", field: "created", ...sure, sample: ["2026-11-11 20:01"] },
      { column: "备注", field: null, ...sure, sample: [""] },
    ],
    media_files: 12, media_refused: 1, undo: null, error: null, created_at: ago(0.1), started_at: ago(0.1), finished_at: done ? ago(0) : null, created_by: "小评",
  };
}

export const imports: Import[] = [
  { ...importAt(9_999), id: id(702), file_name: "orders-2026-10.xlsx", kind: "orders", encoding: null, created_at: ago(50) },
  { ...importAt(100), id: id(703), file_name: "bomb.xlsx", state: "failed", error: { code: "too_wide", message: "这个表格在第 XFD 列还有内容。" }, created_at: ago(90) },
  { ...importAt(9_999), id: id(704), file_name: "旺旺聊天_11月.txt", kind: "chats", state: "undone", undo: { removed: 1998, restored: 0, kept: 2 }, created_at: ago(120) },
];
