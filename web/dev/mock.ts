// A stand-in for the server while working on the screens (`npm run dev` without PINGXIN_SERVER).
// Vite loads it only for its development server; nothing of it is built or shipped.
import type { IncomingMessage, ServerResponse } from "node:http";
import type { Plugin } from "vite";
import * as data from "./mock-data.ts";

type Answer = { status?: number; body?: unknown; type?: string };

let signedIn = true;
let started = 0;

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

function answer(method: string, path: string, query: URLSearchParams): Answer {
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
  if (path === "/api/v1/me") return { body: data.me };
  if (path === "/api/v1/shops") return method === "GET" ? { body: { shops: data.shops } } : { status: 201, body: data.shops[0] };
  if (path === "/api/v1/summary") return { body: data.summary };
  if (path === "/api/v1/reviews") return reviews(query);
  if (path.startsWith("/api/v1/reviews/")) return { body: data.reviewOf(id) };
  if (path === "/api/v1/cases") {
    const { part, next } = page(data.cases, query);
    return { body: { cases: part, next_cursor: next, count: { value: 1000, capped: true } } };
  }
  if (path.startsWith("/api/v1/cases/")) return { body: data.caseOf(id) };
  if (path === "/api/v1/imports" && method === "POST") {
    started = Date.now();
    return { status: 202, body: data.importAt(0) };
  }
  if (path === "/api/v1/imports") return { body: { imports: data.imports, next_cursor: null } };
  if (path.endsWith("/failures")) return { body: { failures: data.failures, next_cursor: null } };
  if (path.startsWith("/api/v1/imports/")) return { body: data.importAt(Date.now() - started) };
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
        request.resume();
        request.on("end", () => {
          const { status = 200, body, type = "application/json" } = answer(request.method ?? "GET", url.pathname, url.searchParams);
          response.writeHead(status, { "Content-Type": type });
          response.end(body === undefined ? undefined : JSON.stringify(body));
        });
      });
    },
  };
}
