let last = "";

/** Keeps the filters of the case list, so that "back" from a case leads to the same list. */
export function rememberList(params: URLSearchParams): void {
  last = params.toString();
}

export function lastList(): string {
  return last ? `/cases?${last}` : "/cases";
}
