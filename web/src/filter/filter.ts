import { startOfDay } from "../format/day";
import { always, type Field, joints, type ListName, liveStates, specs } from "./spec";

export type Value = string | number | boolean | string[];
/** A filter as the API takes it. */
export type Filter = Record<string, Value>;

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/iu;
const day = /^\d{4}-\d{2}-\d{2}$/u;
/** Figures say their windows to the instant. */
const instant = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,9})?Z$/u;

function valueOf(field: Field, given: string[], zone?: string): Value | undefined {
  const first = given[0]?.trim() ?? "";
  const several = (allowed: (value: string) => boolean) => {
    const values = [...new Set(given)].filter(allowed);
    return values.length > 0 ? values : undefined;
  };
  switch (field.kind) {
    case "codes":
      return several((value) => field.of.includes(value));
    case "ids":
      return several((value) => uuid.test(value) || (field.words?.includes(value) ?? false));
    case "code":
      return field.of.includes(first) ? first : undefined;
    case "flag":
      return first === "true" ? true : first === "false" ? false : undefined;
    case "text":
      return first || undefined;
    case "points": {
      const points = Number(first);
      return Number.isInteger(points) && points > 0 && points <= field.most ? points : undefined;
    }
    case "day":
      if (instant.test(first) && !Number.isNaN(Date.parse(first))) return first;
      return day.test(first) && !Number.isNaN(Date.parse(first)) ? startOfDay(first, zone, field.last ? 1 : 0) : undefined;
  }
}

/**
 * The filter that an address asks for; what makes no sense is left out. Days are days of `zone`, both
 * of them included. Without a state, the list of cases shows the cases that still need somebody.
 */
export function filterOf(list: ListName, params: URLSearchParams, zone?: string): Filter {
  const { fields, sorts } = specs[list];
  const filter: Filter = {};
  for (const [key, field] of Object.entries(fields)) {
    const value = valueOf(field, params.getAll(key), zone);
    if (value !== undefined) filter[key] = value;
  }
  if (list === "cases" && !params.has("case_state")) filter.case_state = [...liveStates];
  const sort = params.get("sort");
  if (sort && sorts.includes(sort) && sort !== sorts[0]) filter.sort = sort;
  return filter;
}

/** The values of one filter in an address that make sense, as they stand there. */
export function chosen(list: ListName, params: URLSearchParams, key: string): string[] {
  const field = specs[list].fields[key];
  if (!field) return [];
  const value = valueOf(field, params.getAll(key));
  if (value === undefined) return [];
  return Array.isArray(value) ? value : [params.get(key)?.trim() ?? ""];
}

/** The filters that are set, in the order of the list's own; words of how they are joined are none. */
export function setKeys(list: ListName, params: URLSearchParams): string[] {
  return Object.keys(specs[list].fields).filter(
    (key) => !(joints as readonly string[]).includes(key) && chosen(list, params, key).length > 0,
  );
}

/** Whether so much is set that "any of them" and "all of them" are two things. */
export function joinable(list: ListName, params: URLSearchParams): boolean {
  if (!("match" in specs[list].fields)) return false;
  return setKeys(list, params).filter((key) => !(always as readonly string[]).includes(key)).length > 1;
}

/** The address without its filters; the order of the rows, the columns and the chosen shop stay. */
export function withoutFilters(list: ListName, params: URLSearchParams): URLSearchParams {
  const next = new URLSearchParams(params);
  for (const key of Object.keys(specs[list].fields)) if (key !== "shop") next.delete(key);
  next.delete("view");
  return next;
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
