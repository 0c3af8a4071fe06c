// Tags, views, bulk actions, people and search for `mock.ts`.
import type { SavedView, Tag } from "../src/api/types";
import * as data from "./mock-data.ts";
import * as things from "./mock-things.ts";

const id = (number: number) => `0190a5a0-0000-7000-8000-${String(number).padStart(12, "0")}`;

export const tags: Tag[] = [
  { id: id(801), name: "待补发", colour: "orange", reviews: 12, reviews_capped: false, cases: 9, cases_capped: false },
  { id: id(802), name: "重点客户", colour: "purple", reviews: 3, reviews_capped: false, cases: 3, cases_capped: false },
  { id: id(803), name: "双11 大促", colour: "red", reviews: 48, reviews_capped: false, cases: 20, cases_capped: false },
];

const me = { id: id(1), name: "小评" };
export const views: SavedView[] = [
  { id: id(811), name: "破损 · 未补发", list: "reviews", query: `cause=damage_packaging&tag=${id(801)}`, columns: ["review", "cause", "tags", "date"], shared: true, mine: true, owner: me, count: { value: 12, capped: false } },
  { id: id(812), name: "一星长文", list: "reviews", query: "has_text=true&rating=1", columns: [], shared: false, mine: true, owner: me, count: { value: 1000, capped: true } },
  { id: id(813), name: "物流赔付", list: "cases", query: "case_state=open&cause=logistics", columns: [], shared: true, mine: false, owner: { id: id(3), name: "林主管" }, count: { value: 4, capped: false } },
];

const person = (number: number, display_name: string, role: string) => ({ id: id(number), login: `p${number}`, display_name, role, department: null, all_shops: true, shops: [], totp: false, created_at: "2026-10-01T00:00:00Z", disabled_at: null, last_seen_at: null });
export const people = [person(1, "小评", "owner"), person(3, "林主管", "supervisor"), person(4, "阿青", "agent")];

let views_made = 0;

export function bulk(sent: { ids?: string[] }) {
  const ids = sent.ids ?? data.reviews.map((each) => each.id);
  const results = ids.map((each, index) => (index === 2 ? { id: each, ok: false, problem: { code: "closed", detail: "这张跟进单已经关闭。" } } : { id: each, ok: true, problem: null }));
  return { id: id(890), done: results.filter((each) => each.ok).length, failed: results.filter((each) => !each.ok).length, results };
}

/** Answers what this file knows of; `undefined` when the address is another's. */
export function listAnswer(method: string, path: string, query: URLSearchParams, sent: string): { status?: number; body?: unknown } | undefined {
  const last = path.split("/").at(-1) ?? "";
  if (path === "/api/v1/people") return { body: { people, invitations: [] } };
  if (path === "/api/v1/teams") return { body: { teams: [{ id: id(821), name: "晚班", members: [] }] } };
  if (path.startsWith("/api/v1/tags")) {
    if (method === "POST") tags.push({ id: id(830 + tags.length), reviews: 0, reviews_capped: false, cases: 0, cases_capped: false, ...JSON.parse(sent) });
    if (method === "DELETE") tags.splice(tags.findIndex((each) => each.id === last), 1);
    return method === "GET" ? { body: { tags } } : { status: method === "DELETE" ? 204 : 200, body: tags.at(-1) };
  }
  if (path.startsWith("/api/v1/views")) {
    if (method === "GET") return { body: { views: views.filter((each) => each.list === query.get("list")) } };
    if (method === "POST") {
      views_made += 1;
      views.push({ id: id(840 + views_made), mine: true, owner: me, count: { value: 7, capped: false }, ...JSON.parse(sent) });
      return { status: 201, body: views.at(-1) };
    }
    const at = views.findIndex((each) => each.id === last);
    if (method === "DELETE") views.splice(at, 1);
    else Object.assign(views[at] ?? {}, JSON.parse(sent));
    return { status: method === "DELETE" ? 204 : 200, body: views[at] };
  }
  if (path.startsWith("/api/v1/bulk")) return { body: bulk(sent ? JSON.parse(sent) : {}) };
  if (path === "/api/v1/search") {
    return { body: { cases: data.cases.slice(0, 4), reviews: data.reviews.slice(0, 4), orders: things.orders.slice(0, 3), buyers: things.buyers.slice(0, 2), products: things.products.slice(0, 2) } };
  }
  return things.thingAnswer(method, path);
}
