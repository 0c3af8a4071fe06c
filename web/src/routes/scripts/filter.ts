import type { Cause, GuardChannel, Platform, ScriptFilter, ScriptPhase, ScriptStep } from "../../api/types";

export const phases: readonly ScriptPhase[] = ["pre_sale", "in_sale", "after_sale"];
export const steps: readonly ScriptStep[] = ["answer", "first_contact", "follow_up", "solution", "after_solution", "public_reply", "sms", "phone_opening", "phone_branch", "thanks"];
export const causes: readonly Cause[] = ["quality", "mismatch", "size_fit", "damage_packaging", "wrong_missing", "freshness", "authenticity", "logistics", "service", "price", "subjective", "other"];
export const platforms: readonly Platform[] = ["taobao", "tmall", "jd", "amazon-us", "ebay", "aliexpress", "shopify", "own-shop"];
export const channels: readonly GuardChannel[] = ["chat", "platform_message", "email", "sms", "phone_script", "public_reply"];

/** The filter in an address; a word that means nothing is left out. */
export function filterOf(params: URLSearchParams): ScriptFilter {
  const one = <T extends string>(key: string, words: readonly T[]) => words.find((word) => word === params.get(key));
  const flag = (key: string) => (params.get(key) === "true" ? true : undefined);
  const filter: ScriptFilter = {
    q: params.get("q") ?? undefined,
    phase: one("phase", phases),
    step: one("step", steps),
    cause: one("cause", causes),
    platform: one("platform", platforms),
    channel: one("channel", channels),
    favourite: flag("favourite"),
    own: flag("own"),
    archived: flag("archived"),
  };
  return Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== undefined));
}

/** The same as it stands after `?`. */
export function queryOf(filter: ScriptFilter): URLSearchParams {
  return new URLSearchParams(Object.entries(filter).flatMap(([key, value]) => (value == null ? [] : [[key, String(value)]])));
}
