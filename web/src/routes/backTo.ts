import type { ListName } from "../filter/spec";

const last = new Map<ListName, string>();

/** Keeps the filters of a list, so that "back" from one of its things leads to the same list. */
export function rememberList(list: ListName, params: URLSearchParams): void {
  last.set(list, params.toString());
}

export function backTo(list: ListName): string {
  const query = last.get(list);
  return query ? `/${list}?${query}` : `/${list}`;
}
