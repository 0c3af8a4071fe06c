import type { ListName } from "../../filter/spec";

/** A view that every desk has. It is open while what it is about stands so in the address. */
export interface BuiltIn {
  key: string;
  query: string;
}

/** The first one whose filters are all set is open; the last one asks for nothing. */
export const builtIns: Record<ListName, readonly BuiltIn[]> = {
  reviews: [
    { key: "todo", query: "case_state=open&case_state=in_progress&case_state=waiting" },
    { key: "changed", query: "changed=revised&changed=deleted" },
    { key: "all", query: "" },
  ],
  cases: [
    { key: "mine", query: "handler=me" },
    { key: "unowned", query: "handler=none" },
    { key: "solved", query: "case_state=solved" },
    { key: "everything", query: "case_state=all" },
    { key: "live", query: "" },
  ],
  orders: [
    { key: "reviewed", query: "has_review=true" },
    { key: "unshipped", query: "state=paid_unshipped" },
    { key: "all", query: "" },
  ],
  buyers: [
    { key: "withCase", query: "has_case=true" },
    { key: "often", query: "bad_min=2" },
    { key: "all", query: "" },
  ],
  products: [
    { key: "bad", query: "bad_min=1" },
    { key: "all", query: "" },
  ],
};

/** The built-in view that an address shows. */
export function openBuiltIn(list: ListName, params: URLSearchParams): BuiltIn {
  const all = builtIns[list];
  const found = all.find(({ query }) => {
    const wanted = new URLSearchParams(query);
    return [...new Set(wanted.keys())].every((key) => {
      const values = wanted.getAll(key);
      const set = params.getAll(key);
      return set.length === values.length && values.every((value) => set.includes(value));
    });
  });
  return found ?? (all[all.length - 1] as BuiltIn);
}
