import { dayOf } from "../format/day";
import { filterOf, queryOf } from "./filter";
import { type ListName, specs } from "./spec";

/** What a view keeps of an address: the filter and the order, as the API takes them. */
export function viewQuery(list: ListName, params: URLSearchParams, zone?: string): string {
  const query = queryOf(filterOf(list, params, zone));
  query.sort();
  return query.toString();
}

/** The address that opens a view, with the days of `zone`. */
export function viewAddress(list: ListName, view: { id: string; query: string }, zone?: string): URLSearchParams {
  const address = new URLSearchParams();
  const kept = new URLSearchParams(view.query);
  for (const [key, value] of kept) {
    const field = specs[list].fields[key];
    if (field?.kind === "day") address.append(key, dayOf(value, zone, field.last ? -1 : 0));
    else if (field || key === "sort") address.append(key, value);
  }
  if (list === "cases" && !kept.has("case_state")) address.append("case_state", "all");
  address.append("view", view.id);
  return address;
}

/** Whether the address still shows what the view keeps. */
export function isSameView(list: ListName, params: URLSearchParams, view: { query: string }, zone?: string): boolean {
  const kept = new URLSearchParams(view.query);
  kept.sort();
  return viewQuery(list, params, zone) === kept.toString();
}
