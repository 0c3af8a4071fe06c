import type { AuditFilter } from "../../../api/audit";
import type { AuditEntry } from "../../../api/types";
import { startOfDay } from "../../../format/day";

/** The beginnings of actions that can be asked for, and with them what an entry is about. */
export const fields = ["case", "review", "contact", "import", "list", "tag", "view", "bulk", "task", "buyer", "person", "invitation", "session", "token", "team", "shop", "calendar", "roster", "assignment", "automation", "macro", "figure", "removal", "evidence", "pack", "profile", "backup", "merchant", "guard", "hold", "outbox", "channel", "chat", "demo"] as const;

const known = ["actor", "action", "subject_kind", "subject_id", "from", "to"] as const;
const day = /^\d{4}-\d{2}-\d{2}$/u;

/** The filter that an address asks for; days are days of the reader's own zone, both of them included. */
export function auditFilterOf(params: URLSearchParams): AuditFilter {
  const filter: AuditFilter = {};
  for (const key of known) {
    const value = params.get(key)?.trim();
    if (!value) continue;
    if (key !== "from" && key !== "to") filter[key] = value;
    else if (day.test(value) && !Number.isNaN(Date.parse(value))) filter[key] = startOfDay(value, undefined, key === "to" ? 1 : 0);
  }
  return filter;
}

/** The address after one part of the filter was set; nothing takes it away. */
export function withPart(params: URLSearchParams, parts: Record<string, string | null | undefined>): URLSearchParams {
  const next = new URLSearchParams(params);
  for (const [key, value] of Object.entries(parts)) {
    if (value) next.set(key, value);
    else next.delete(key);
  }
  return next;
}

/** What an entry says beyond its sentence, as pairs of name and value; what is nested keeps its path. */
export function pairsOf(detail: AuditEntry["detail"]): [string, string][] {
  const pairs: [string, string][] = [];
  const walk = (path: string, value: unknown) => {
    if (value !== null && typeof value === "object" && !Array.isArray(value)) {
      for (const [key, inner] of Object.entries(value)) walk(path ? `${path}.${key}` : key, inner);
    } else pairs.push([path, typeof value === "string" ? value : JSON.stringify(value)]);
  };
  walk("", detail ?? {});
  return pairs.filter(([path]) => path !== "");
}
