import type { RequestState } from "../../api/types";

export const tabs = ["three", "seven", "all", "filed", "answered", "record"] as const;
export type Tab = (typeof tabs)[number];

/** The tab of an address; a state of a request leads to the tab that shows it. */
export function tabOf(asked: string | null): Tab {
  if (asked === "appealed") return "filed";
  if (asked === "granted" || asked === "refused" || asked === "withdrawn") return "answered";
  return tabs.find((tab) => tab === asked) ?? "three";
}

export function isCandidates(tab: Tab): boolean {
  return tab === "three" || tab === "seven" || tab === "all";
}

/** The states of the requests that a tab shows; null for a tab of none. */
export function statesOf(tab: Tab): RequestState[] | null {
  if (tab === "filed") return ["filed", "appealed"];
  if (tab === "answered") return ["granted", "refused", "withdrawn"];
  return null;
}
