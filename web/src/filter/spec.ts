/** The lists there are; each has its filters, orders and columns in one shape. */
export type ListName = "reviews" | "cases" | "orders" | "buyers" | "products";

export const listNames: readonly ListName[] = ["reviews", "cases", "orders", "buyers", "products"];

/** What one filter may be; the address bar can hold anything. */
export type Field =
  /** Several of these. */
  | { kind: "codes"; of: readonly string[] }
  /** One of these. */
  | { kind: "code"; of: readonly string[] }
  /** Several ids, or one of these words in place of an id. */
  | { kind: "ids"; words?: readonly string[] }
  | { kind: "flag" }
  | { kind: "text" }
  | { kind: "points"; most: number }
  /** A day of the shop, of which the last one is included; or an instant. */
  | { kind: "day"; last?: boolean };

export const platforms = ["taobao", "tmall", "jd", "amazon-us", "ebay", "aliexpress", "shopify", "own-shop"] as const;
export const causes = [
  "quality", "mismatch", "size_fit", "damage_packaging", "wrong_missing", "freshness",
  "authenticity", "logistics", "service", "price", "subjective", "other",
] as const;
export const caseStates = ["open", "in_progress", "waiting", "solved", "closed"] as const;
/** The cases that still need somebody. */
export const liveStates = ["open", "in_progress", "waiting"] as const;
export const languages = ["zh", "en", "ja", "de", "fr", "es", "it", "pt", "und"] as const;

const codes = (of: readonly string[]): Field => ({ kind: "codes", of });
const ids: Field = { kind: "ids" };
const flag: Field = { kind: "flag" };
const text: Field = { kind: "text" };
const where = { shop: ids, platform: codes(platforms) };
const days: Record<string, Field> = { from: { kind: "day" }, to: { kind: "day", last: true } };

/** Figures that are counted over orders, and which of the orders. */
export const orderMeasures = ["order_defect_rate", "late_shipment_rate", "cancellation_rate", "valid_tracking_rate"] as const;
export const orderParts = ["numerator", "denominator", "rest", "unknown"] as const;

/** What reviews and cases are filtered by: a case is found by its review. */
const judged: Record<string, Field> = {
  ...where,
  ...days,
  rating: codes(["1", "2", "3", "4", "5"]),
  verdict: codes(["good", "neutral", "bad"]),
  cause: codes(causes),
  fault: codes(["seller", "carrier", "platform", "buyer", "third_party", "unknown"]),
  sentiment: codes(["negative", "mixed", "neutral", "positive"]),
  object: codes(["seller_feedback", "product_review", "review", "followup"]),
  language: codes(languages),
  tag: ids,
  handler: { kind: "ids", words: ["me", "none"] },
  team: ids,
  product: ids,
  buyer: ids,
  case_state: codes(caseStates),
  changed: codes(["revised", "deleted"]),
  has_text: flag,
  has_photo: flag,
  has_case: flag,
  mine: flag,
  counted: flag,
  severity_min: { kind: "points", most: 100 },
  order: text,
  q: text,
  cause_match: { kind: "code", of: ["all"] },
  tag_match: { kind: "code", of: ["all"] },
  match: { kind: "code", of: ["any"] },
};

export const outcomes = ["removed", "struck", "text_removed", "revised", "kept", "replied", "given_up", "invalid"] as const;
export const waitingFor = ["buyer", "warehouse", "carrier", "platform", "approval"] as const;

/** What a case is about; the first is opened for a review, the others by hand. */
export const caseKinds = ["review", "after_sale", "complaint", "dispute", "prevention"] as const;
export const openedKinds = ["after_sale", "complaint", "dispute", "prevention"] as const;
export const cameBy = ["chat", "phone", "mail", "platform", "authority", "colleague", "other"] as const;
export const requests = ["refund", "return", "exchange", "reship", "compensation", "complaint", "none"] as const;
const disputeKinds = ["platform_step_in", "refund_appeal", "a_to_z", "chargeback"] as const;

/** The disputes that a platform has; all of them where it is not known. The server has the last word. */
export function disputesOn(platform: string | undefined): readonly (typeof disputeKinds)[number][] {
  if (!platform) return disputeKinds;
  if (platform.startsWith("amazon")) return ["a_to_z", "chargeback"];
  if (["taobao", "tmall", "jd"].includes(platform)) return ["platform_step_in", "refund_appeal"];
  return ["shopify", "own-shop"].includes(platform) ? ["chargeback"] : ["platform_step_in", "chargeback"];
}

/** What cases alone are filtered by. */
const worked: Record<string, Field> = {
  ...judged,
  kind: codes(caseKinds),
  outcome: codes([...outcomes, "merged"]),
  waiting_for: codes(waitingFor),
  due: { kind: "code", of: ["overdue", "soon", "day"] },
  clock: { kind: "code", of: ["overdue", "soon", "escalated"] },
  contact: { kind: "code", of: ["now"] },
  deadline_days: { kind: "points", most: 365 },
  opened_from: text,
  opened_to: text,
  ended_from: text,
  ended_to: text,
  contacted_from: text,
  contacted_to: text,
};

interface Spec {
  fields: Record<string, Field>;
  /** The first one needs no word in the address. */
  sorts: readonly [string, ...string[]];
}

export const specs: Record<ListName, Spec> = {
  reviews: { fields: judged, sorts: ["newest", "severity", "oldest", "rating"] },
  cases: { fields: worked, sorts: ["severity", "newest", "oldest", "updated", "due", "contact", "deadline"] },
  orders: {
    fields: {
      ...where,
      ...days,
      state: codes(["paid_unshipped", "shipped", "delivered", "completed", "closed"]),
      product: ids,
      buyer: ids,
      has_review: flag,
      measure: { kind: "code", of: orderMeasures },
      part: { kind: "code", of: orderParts },
      q: text,
    },
    sorts: ["newest", "oldest"],
  },
  buyers: { fields: { ...where, has_case: flag, bad_min: { kind: "points", most: 1000 }, q: text }, sorts: ["newest", "bad"] },
  products: {
    fields: { ...where, cause: codes(causes), bad_min: { kind: "points", most: 100_000 }, q: text },
    sorts: ["reviews", "bad", "bad_rate", "newest"],
  },
};

/** How several values are joined; no filters of their own. */
export const joints = ["cause_match", "tag_match", "match"] as const;
/** What of a filter always narrows, even where any of the others is enough. */
export const always = ["shop", "q", "from", "to", "counted"] as const;
