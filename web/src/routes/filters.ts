import type { paths } from "../api/schema";
import { startOfDay } from "../format/day";

export type ReviewFilter = NonNullable<paths["/api/v1/reviews"]["get"]["parameters"]["query"]>;
export type CaseFilter = NonNullable<paths["/api/v1/cases"]["get"]["parameters"]["query"]>;

const platforms = ["amazon-us", "taobao", "tmall", "ebay", "aliexpress", "jd", "shopify", "own-shop"] as const;
const causes = [
  "quality", "mismatch", "size_fit", "damage_packaging", "wrong_missing", "freshness",
  "authenticity", "logistics", "service", "price", "subjective", "other",
] as const;

/** What each filter may be; the address bar can hold anything. */
export const choices = {
  platform: platforms,
  cause: causes,
  rating: ["1", "2", "3", "4", "5"],
  verdict: ["good", "neutral", "bad"],
  sentiment: ["negative", "mixed", "neutral", "positive"],
  state: ["open", "in_progress", "waiting", "solved", "closed"],
  object: ["seller_feedback", "product_review", "review", "followup"],
} as const;

type ChoiceKey = keyof typeof choices;

export function chosen(params: URLSearchParams, key: ChoiceKey): string[] | undefined {
  const allowed: readonly string[] = choices[key];
  const values = [...new Set(params.getAll(key))].filter((value) => allowed.includes(value));
  return values.length > 0 ? values : undefined;
}

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/iu;
const day = /^\d{4}-\d{2}-\d{2}$/u;

function shops(params: URLSearchParams): string[] | undefined {
  const ids = params.getAll("shop").filter((id) => uuid.test(id));
  return ids.length > 0 ? ids : undefined;
}

function text(params: URLSearchParams, key: string): string | undefined {
  return params.get(key)?.trim() || undefined;
}

function date(params: URLSearchParams, key: string): string | undefined {
  const value = params.get(key);
  return value && day.test(value) && !Number.isNaN(Date.parse(value)) ? value : undefined;
}

function points(params: URLSearchParams): number | undefined {
  const value = Number(params.get("severity_min"));
  return Number.isInteger(value) && value > 0 && value <= 100 ? value : undefined;
}

/**
 * The filter of the review list that an address asks for; what makes no sense is left out.
 * Days are days of `zone`, both of them included.
 */
export function reviewFilterOf(params: URLSearchParams, zone?: string): ReviewFilter {
  const [from, to] = [date(params, "from"), date(params, "to")];
  const hasCase = params.get("has_case");
  return prune({
    shop: shops(params),
    platform: chosen(params, "platform"),
    object: chosen(params, "object"),
    rating: chosen(params, "rating")?.map(Number),
    verdict: chosen(params, "verdict"),
    sentiment: chosen(params, "sentiment"),
    cause: chosen(params, "cause"),
    severity_min: points(params),
    has_case: hasCase === "true" ? true : hasCase === "false" ? false : undefined,
    order: text(params, "order"),
    q: text(params, "q"),
    from: from && startOfDay(from, zone),
    to: to && startOfDay(to, zone, 1),
    sort: params.get("sort") === "severity" ? "severity" : undefined,
  }) as ReviewFilter;
}

/** The filter of the case list that an address asks for. Without a state: the cases that still need somebody. */
export function caseFilterOf(params: URLSearchParams): CaseFilter {
  const owner = params.get("owner");
  const sort = params.get("sort");
  const state = params.get("state");
  return prune({
    state: state === "all" ? undefined : (chosen(params, "state") ?? ["open", "in_progress", "waiting"]),
    shop: shops(params),
    cause: chosen(params, "cause"),
    owner: owner === "me" || owner === "none" ? owner : undefined,
    severity_min: points(params),
    q: text(params, "q"),
    sort: sort === "newest" || sort === "oldest" ? sort : undefined,
  }) as CaseFilter;
}

function prune<T extends object>(filter: T): Partial<T> {
  return Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== undefined)) as Partial<T>;
}

/** A filter as a query string: the same key again for each of several values. */
export function queryOf(filter: object): URLSearchParams {
  const query = new URLSearchParams();
  for (const [key, value] of Object.entries(filter)) {
    for (const each of Array.isArray(value) ? value : [value]) {
      if (each !== undefined && each !== null && each !== "") query.append(key, String(each));
    }
  }
  return query;
}

/** The address after one filter was set; an empty value takes it away. */
export function withFilter(
  params: URLSearchParams,
  key: string,
  value: string | number | boolean | readonly string[] | null | undefined,
): URLSearchParams {
  const next = new URLSearchParams(params);
  next.delete(key);
  if (value === null || value === undefined) return next;
  for (const each of Array.isArray(value) ? value : [value]) {
    if (String(each) !== "") next.append(key, String(each));
  }
  return next;
}
