// Drafts for `mock.ts`: a known export, dates that read two ways, columns that mean nothing.
import type { Import, ImportPreview, ImportProfile, ImportUndo, PreviewRow } from "../src/api/types";
import { importAt, shops } from "./mock-data.ts";

type Mapping = ImportPreview["mapping"];

const column = (name: string, field: string | null, ...sample: string[]): Mapping[number] => ({ column: name, field, date_order: null, ambiguous: false, sample });

const known: Mapping = [
  column("订单编号", "order_number", "2600000000001", "2600000000002", "2600000000003"),
  column("宝贝标题", "product_title", "加厚纯棉四件套 A 类母婴级 60 支长绒棉床单被套", "加厚保温杯 500ml"),
  column("评价内容", "text", "穿了两天就开线，客服还爱答不理的", "挺好的，物流很快，还会再来", "颜色跟图片差太多了"),
  column("评分", "rating", "1", "5", "3"),
  column("评价时间", "created", "2026-11-11 20:01:00", "2026-11-12 09:30:11", "2026-11-12 10:00:00"),
  column("追评内容", "followup_text", "", "用了一个月杯盖漏水了", ""),
  column("买家昵称", "buyer_nick", "t**1", "小**花", "m**8"),
  column("备注", null, "", "老客户", ""),
];

const texts = ["穿了两天就开线，客服还爱答不理的，说好的七天无理由退货现在推三阻四。", "挺好的，物流很快，还会再来", "颜色跟图片差太多了，尺码也偏小，一般般吧"];

function rowsOf(mapping: Mapping): PreviewRow[] {
  const read = (field: string) => mapping.some((each) => each.field === field);
  return Array.from({ length: 20 }, (_, index): PreviewRow => {
    const line = index + 2;
    if (index === 4 && read("rating")) return { line, stored: [], failure: { line, column: "评分", value: "９x", reason: "星级要写 1 到 5 的数字。" } };
    const values: [string, string][] = [
      ["text", texts[index % 3] ?? ""], ["rating", String((index * 2) % 5 + 1)], ["created", `2026-11-${String(11 + (index % 9))}T12:0${index % 6}:00Z`],
      ["order_number", String(2_600_000_000_001 + index)], ["product_title", "加厚保温杯 500ml"], ["buyer_nick", "t**1"], ["title", "备注"], ["reply", "–"],
    ];
    const review = { what: "review" as const, fields: values.filter(([field]) => read(field)).map(([field, value]) => ({ field, value })) };
    const followup = { what: "review" as const, fields: [{ field: "object", value: "followup" }, { field: "text", value: "用了一个月杯盖漏水了" }] };
    return { line, stored: read("followup_text") && index === 1 ? [review, followup] : [review], failure: null };
  });
}

/** A draft by the word in its file's name or address: `ask` and `stuck` are what they say. */
export function previewOf(kind: string, asked: { profile: string | null; encoding: string | null; map: string | null }): ImportPreview {
  const said = new Map((asked.map ?? "").split(",").filter(Boolean).map((each) => [each.slice(each.indexOf("=") + 1), each.slice(0, each.indexOf("="))]));
  const fields = [...said.values(), ...(asked.map ?? "").split(",").map((each) => each.split("=")[0] ?? "")].map((each) => each.split(":")[0]);
  const mapping = known.map((each) => {
    const stuck = kind === "stuck";
    const base = stuck ? { ...each, column: `F${known.indexOf(each) + 1}`, field: null } : each;
    const [field, order] = said.get(base.column)?.split(":") ?? [];
    const now = field ? { ...base, field, date_order: (order ?? null) as "dmy" | "mdy" | null } : fields.includes(base.field ?? "") ? { ...base, field: null } : base;
    if (kind !== "ask" || now.field !== "created") return now;
    return { ...now, ambiguous: now.date_order === null, sample: ["10/11/2026 20:01", "11/11/2026 09:30", "12/11/2026 10:00"] };
  });
  if (kind === "unreadable") {
    const problem = { code: "old_workbook", message: "这是旧版 Excel（.xls）。请在 Excel 里另存为 xlsx 或 CSV，再导入。" };
    return { format: null, encoding: null, delimiter: null, sheet: null, profile: null, kind: null, mapping: [], rows: [], problem };
  }
  const isRead = mapping.some(({ field }) => field === "text" || field === "rating");
  const isOpen = mapping.some(({ ambiguous }) => ambiguous);
  return {
    format: kind === "stuck" ? "xlsx" : "csv", encoding: kind === "stuck" ? null : (asked.encoding ?? "gb18030"), delimiter: ",", sheet: kind === "stuck" ? "Sheet1" : null,
    profile: asked.profile ?? (kind === "clear" ? "taobao-rates" : "generic-reviews"), kind: isRead ? "reviews" : null, mapping,
    rows: isRead ? rowsOf(mapping).filter(({ failure }) => kind !== "clear" || !failure) : [],
    problem: isOpen
      ? { code: "ambiguous_dates", message: "分不清哪个是月、哪个是日。" }
      : isRead ? null : { code: "unknown_columns", message: "没认出评价或订单的列。文件里的列：F1、F2、F3、F4、F5、F6、F7、F8。请在下面为列选择含义。" },
  };
}

export function draftOf(id: string, fileName: string): Import {
  return { ...importAt(0), id, file_name: fileName, shop: { id: shops[1]?.id ?? "", name: shops[1]?.name ?? "" }, state: "draft", rows: 0, new: 0, failed: 0, cases_opened: 0, media_files: 0, media_refused: 0, mapping: [], profile: null, encoding: null, kind: null };
}

export const profiles: ImportProfile[] = [
  { name: "taobao-rates", title: "淘宝评价（千牛）", built_in: true, id: null, kind: "reviews" },
  { name: "taobao-orders", title: "淘宝订单（千牛）", built_in: true, id: null, kind: "orders" },
  { name: "amazon-feedback", title: "Amazon seller feedback", built_in: true, id: null, kind: "reviews" },
  { name: "generic-reviews", title: "普通评价表", built_in: true, id: null, kind: "reviews" },
  { name: "我们 ERP 的评价表", title: "我们 ERP 的评价表", built_in: false, id: "0190a5a0-0000-7000-8000-000000000801", kind: "reviews" },
  { name: "旺旺聊天", title: "旺旺聊天", built_in: false, id: "0190a5a0-0000-7000-8000-000000000802", kind: "chats" },
];

export const undo: ImportUndo = {
  removed: { reviews: 1996, orders: 0, records: 0, cases: 221 },
  restored: { reviews: 1, orders: 0, records: 0, cases: 0 },
  kept_count: 2,
  kept_more: false,
  kept: [
    { what: "review", id: "k1", label: "穿了两天就开线，客服还爱答不理的，说好的七天无理由退货现在推三阻四。", reason: "跟进单里已经写了备注。", case_id: "0190a5a0-0000-7000-8000-000000000500", case_number: 1000 },
    { what: "review", id: "k2", label: "包装破损，里面的杯子碎了一只", reason: "后来的导入又改过它。", case_id: null, case_number: null },
  ],
};
