// A stand-in for the server while working on the screens (`npm run dev` without PINGXIN_SERVER).
// Vite loads it only for its development server; nothing of it is built or shipped.
import type { IncomingMessage, ServerResponse } from "node:http";
import type { Plugin } from "vite";
import * as data from "./mock-data.ts";
import * as drafts from "./mock-drafts.ts";
import { listAnswer } from "./mock-lists.ts";
import * as beside from "./mock-records.ts";
import * as rooms from "./mock-settings.ts";

type Answer = { status?: number; body?: unknown; type?: string };

let signedIn = true;
let started = 0;

/** Files that wait, by id: their name, and what of `ask`, `stuck`, `clear` it holds. The first ones are there for a look. */
const waiting = new Map(["clear", "ask", "stuck", "unreadable"].map((kind) => [kind, `评价_${kind}.csv`]));
let undoing = 0;
let isTrial = false;

function problem(status: number, code: string, detail: string): Answer {
  return { status, type: "application/problem+json", body: { type: `about:blank#${code}`, title: code, status, code, detail } };
}

function page<T>(all: T[], query: URLSearchParams): { part: T[]; next: string | null } {
  const from = Number(query.get("cursor") ?? 0);
  const to = from + Number(query.get("limit") ?? 50);
  return { part: all.slice(from, to), next: to < all.length ? String(to) : null };
}

function reviews(query: URLSearchParams): Answer {
  const words = query.get("q");
  const stars = query.getAll("rating").map(Number);
  const all = data.reviews.filter(
    (each) =>
      (!words || each.text.includes(words)) &&
      (stars.length === 0 || stars.includes(each.rating ?? 0)) &&
      (!query.has("cause") || each.causes.some((cause) => query.getAll("cause").includes(cause))),
  );
  const { part, next } = page(all, query);
  return { body: { reviews: part, next_cursor: next, count: { value: all.length, capped: false } } };
}

function imports(method: string, path: string, id: string, sent: string): Answer | null {
  if (path === "/api/v1/imports" && method === "POST") {
    started = Date.now();
    if (!sent.includes('name="hold"')) return { status: 202, body: data.importAt(0) };
    const name = /filename="([^"]*)"/.exec(sent)?.[1] ?? "file.csv";
    const draft = `draft-${waiting.size}`;
    waiting.set(draft, name);
    return { status: 202, body: drafts.draftOf(draft, name) };
  }
  const name = waiting.get(id);
  const kind = ["ask", "stuck", "unreadable"].find((each) => name?.includes(each)) ?? "clear";
  if (path.endsWith("/preview")) return { body: drafts.previewOf(kind, JSON.parse(sent)) };
  if (path.endsWith("/start") || (name && method === "DELETE")) {
    waiting.delete(id);
    started = Date.now();
    isTrial = sent.includes('"dry_run":true');
    return { status: 202, body: { ...data.importAt(0), id, file_name: name, ...(method === "DELETE" ? { state: "cancelled" } : { dry_run: isTrial }) } };
  }
  if (path.endsWith("/undo")) {
    if (method === "GET") return { body: drafts.undo };
    undoing = Date.now();
  }
  if (path.endsWith("failed-rows.csv")) return { type: "text/csv", body: "评价内容,评分,导入失败原因\r\n好,９x,星级要写 1 到 5 的数字。\r\n" };
  if (name) return { body: drafts.draftOf(id, name) };
  if (undoing > 0 && id && !path.endsWith("/failures")) {
    const isOver = Date.now() - undoing > 4_000;
    return { status: method === "POST" ? 202 : 200, body: { ...data.importAt(9_999), id, state: isOver ? "undone" : "undoing", undo: { removed: isOver ? 1996 : 900, restored: 1, kept: 2 } } };
  }
  return null;
}

/** The settings and the tasks: what is read is always the same, what is changed answers as if it had been done. */
function settings(method: string, path: string, query: URLSearchParams): Answer | null {
  const part = path.slice("/api/v1/".length);
  const reads: Record<string, unknown> = {
    people: rooms.people, sessions: rooms.sessions, tokens: rooms.tokens, teams: rooms.teams, merchant: rooms.merchant, calendar: rooms.calendar, backups: rooms.backups, audit: rooms.audit,
    about: { version: "0.1.0", license: "Apache-2.0", engine: "sqlite", schema: 7, model: "reviews-2026-11", calendar_years: [2025, 2026] }, "audit/check": { whole: true, entries: 12_345, broken_at: null, how: null },
  };
  if (method === "GET" && part in reads) return { body: reads[part] };
  if (part === "tasks") {
    const wanted = query.get("state");
    const found = rooms.tasks.filter((each) => (!wanted || each.state === wanted) && (!query.has("department") || each.department === query.get("department")));
    return { body: { tasks: found, next_cursor: null, count: { value: found.length, capped: false } } };
  }
  if (part === "me/totp") return { body: { secret: "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP", uri: "otpauth://totp/Pingxin:demo?secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP&issuer=Pingxin" } };
  if (part === "me/totp/confirm") return { body: { recovery_codes: Array.from({ length: 10 }, (_, index) => `abcd-${1000 + index}-wxyz`) } };
  if (part === "invitations/read") return { body: { tenant_name: rooms.merchant.name, display_name: "小王", role: "agent", login: null, kind: "invitation" } };
  if (part === "invitations/accept") return { status: 201, body: data.me };
  if (part === "invitations" || part.endsWith("/resend") || part.endsWith("/reset")) return { status: 201, body: { id: "x", link: "/invite?token=VGhpc0lzT25seUFOQW1l", expires_at: new Date(Date.now() + 259_200_000).toISOString() } };
  if (part === "tokens") return { status: 201, body: { ...rooms.tokens.tokens[0], token: "pingxin_4fJx0c9y2s8Qk1Zt7uVb3nLm6pRw5aEd" } };
  if (part.endsWith("/presence") || /^(people|sessions|tokens|teams|calendar|invitations|tasks|merchant|me)(\/|$)/u.test(part) && method !== "GET") return { status: method === "DELETE" ? 204 : 200, body: method === "DELETE" ? undefined : {} };
  return null;
}

/** A stream that says once who is there and then keeps quiet. */
function stream(response: ServerResponse): void {
  response.writeHead(200, { "Content-Type": "text/event-stream" });
  for (const each of data.cases.slice(0, 3)) response.write(`event: presence\ndata: ${JSON.stringify({ case_id: each.id, ...rooms.present })}\n\n`);
}

function answer(method: string, path: string, query: URLSearchParams, sent: string): Answer {
  const id = path.split("/")[4] ?? "";
  if (path === "/api/v1/setup") return { body: { needs_owner: false, demo: true } };
  if (path === "/api/v1/setup/owner" || (path === "/api/v1/sessions" && method === "POST")) {
    signedIn = true;
    return { status: 201, body: data.me };
  }
  if (path === "/api/v1/sessions/current") {
    signedIn = false;
    return { status: 204 };
  }
  if (!signedIn) return problem(401, "signed_out", "请先登录。");
  if (path === "/api/v1/me" && method === "GET") return { body: data.me };
  const room = settings(method, path, query);
  if (room) return room;
  if (path === "/api/v1/shops") return method === "GET" ? { body: { shops: data.shops } } : { status: 201, body: data.shops[0] };
  if (path === "/api/v1/summary") return { body: data.summary };
  const listed = listAnswer(method, path, query, sent);
  if (listed) return listed;
  if (path === "/api/v1/reviews") return reviews(query);
  if (path.includes("/media/")) return { type: "image/svg+xml", body: beside.picture(Number(path.at(-1))) };
  if (path.startsWith("/api/v1/reviews/")) return { body: data.reviewOf(id) };
  if (path === "/api/v1/cases") {
    const { part, next } = page(data.cases, query);
    return { body: { cases: part, next_cursor: next, count: { value: 1000, capped: true } } };
  }
  if (path.endsWith("/records")) return { body: id.endsWith("1") ? beside.noRecords : beside.records };
  if (path === "/api/v1/import-profiles") return method === "GET" ? { body: { profiles: drafts.profiles } } : { status: 201, body: drafts.profiles.at(-1) };
  if (path.startsWith("/api/v1/import-profiles/")) return { status: 204 };
  if (path === "/api/v1/figures") return method === "GET" ? { body: { figures: beside.figures, next_cursor: null } } : { status: 201, body: beside.figures[0] };
  if (path.startsWith("/api/v1/figures/")) return { status: 204 };
  if (path.startsWith("/api/v1/cases/")) return { body: data.caseOf(id) };
  const found = path.startsWith("/api/v1/imports") ? imports(method, path, id, sent) : null;
  if (found) return found;
  if (path === "/api/v1/imports") return { body: { imports: data.imports, next_cursor: null } };
  if (path.endsWith("/failures")) return { body: { failures: data.failures, next_cursor: null } };
  if (path.startsWith("/api/v1/imports/")) return { body: { ...data.importAt(Date.now() - started), id, dry_run: isTrial && id.startsWith("draft") } };
  if (path === "/api/v1/demo") return { body: { setup_url: "/setup?token=abc" } };
  return problem(404, "not_found", "找不到这个地址。");
}

export function mockApi(): Plugin {
  return {
    name: "pingxin-mock-api",
    configureServer(server) {
      server.middlewares.use((request: IncomingMessage, response: ServerResponse, next: () => void) => {
        const url = new URL(request.url ?? "/", "http://localhost");
        if (!url.pathname.startsWith("/api/")) return next();
        if (url.pathname === "/api/v1/events") return stream(response);
        let sent = "";
        request.setEncoding("utf8");
        request.on("data", (part: string) => {
          sent += part;
        });
        request.on("end", () => {
          const { status = 200, body, type = "application/json" } = answer(request.method ?? "GET", url.pathname, url.searchParams, sent);
          response.writeHead(status, { "Content-Type": type });
          response.end(body === undefined ? undefined : type.endsWith("json") ? JSON.stringify(body) : String(body));
        });
      });
    },
  };
}
