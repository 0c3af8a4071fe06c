// What stands beside a case, for `mock.ts`.
import type { CaseRecords, ChatMessage, Figure } from "../src/api/types";
import { shops } from "./mock-data.ts";

const ago = (hours: number) => new Date(Date.now() - hours * 3_600_000).toISOString();

const lines: [ChatMessage["side"], string][] = [
  ["buyer", "在吗"],
  ["seller", "亲在的呢，请问有什么可以帮您？"],
  ["buyer", "收到的四件套穿了两天就开线了，被套这里一拉就破"],
  ["buyer", "你们自己看看图片，说好的 60 支长绒棉呢？\n我要退货"],
  ["seller", "非常抱歉给您带来不好的体验。您把开线的地方拍个照，我马上给您登记，今天之内给您答复。"],
  ["system", "买家发起了退款申请"],
  ["buyer", "上次就说今天答复，都三天了。电话 138****5678 打给我"],
  ["seller", "好的亲，我让主管下午两点给您回电。"],
];

export const records: CaseRecords = {
  messages: Array.from({ length: 40 }, (_, index): ChatMessage => {
    const [side, text] = lines[index % lines.length] as (typeof lines)[number];
    return {
      id: `m${index}`, at: ago(90 - index * 2), side, text,
      speaker: side === "buyer" ? "t**1" : side === "seller" ? "青禾小铺:小林" : null,
      order_number: index === 2 ? "2600000000777" : "2600000000001",
    };
  }),
  messages_more: true,
  shipments: [
    {
      id: "s1", tracking_number: "ZT7782200011", carrier: "中通快递", state: "delivered", shipped: ago(180), delivered: ago(110),
      traces: [
        { at: ago(180), text: "【杭州市】您的快件已由 青禾家居 揽收", state: "picked_up" },
        { at: ago(160), text: "【杭州转运中心】快件已发往 上海转运中心", state: "in_transit" },
        { at: ago(112), text: "【上海市】派送员正在派送，电话 138****1234", state: "out_for_delivery" },
        { at: ago(110), text: "【上海市】已签收，签收人：家门口", state: "delivered" },
      ],
    },
  ],
  after_sales: [
    {
      id: "a1", platform_id: "1290013778", kind: "return", state: "disputed", amount: { minor: 12_900, currency: "CNY" }, reason: "质量问题", explanation: "被套开线，一拉就破",
      disposition: null, requested: ago(70), resolved: null, product_title: "加厚纯棉四件套 A 类母婴级 60 支长绒棉", quantity: 1, tracking_number: "SF1400022200033",
    },
  ],
  calls: [
    { id: "c1", at: ago(50), direction: "out", result: "no_answer", seconds: 0, agent: "小林", note: null },
    { id: "c2", at: ago(26), direction: "out", result: "promised", seconds: 185, agent: "小林", note: "愿意换一套新的，收到后再看评价。" },
  ],
};

export const noRecords: CaseRecords = { messages: [], messages_more: false, shipments: [], after_sales: [], calls: [] };

const shop = { id: shops[1]?.id ?? "", name: shops[1]?.name ?? "", platform: "taobao" as const };

export const figures: Figure[] = [
  { id: "f1", shop, name: "experience_score", value: "4.86", unit: "score", at: ago(12), typed_by: "小评" },
  { id: "f2", shop, name: "reply_rate_3min", value: "98.5", unit: "percent", at: ago(12), typed_by: "小评" },
  { id: "f3", shop, name: "直播间回复率", value: "91", unit: null, at: ago(40), typed_by: "小评" },
];

/** A picture for the thumbnails: coloured, since nothing is fetched. */
export const picture = (position: number) =>
  `<svg xmlns="http://www.w3.org/2000/svg" width="800" height="600"><rect width="800" height="600" fill="hsl(${position * 80 + 20} 40% 62%)"/><circle cx="400" cy="300" r="150" fill="hsl(${position * 80 + 60} 45% 45%)"/></svg>`;
