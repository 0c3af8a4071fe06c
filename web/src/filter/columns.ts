import type { ListName } from "./spec";

/** A column as the choice of columns sees it. */
export interface Choosable {
  key: string;
  /** Shown until somebody chooses otherwise. */
  basic?: boolean;
  /** Always shown: the row has no name without it. */
  always?: boolean;
}

/** As many as fit a laptop; a choice of one's own may be more. */
export const mostBasic = 8;

/** The columns to show, in their own order: those wished for, or the basic ones. Names that no column has are left out. */
export function shownColumns<C extends Choosable>(all: readonly C[], wished: readonly string[] | null): C[] {
  const known = wished?.filter((key) => all.some((column) => column.key === key)) ?? [];
  if (known.length === 0) return all.filter((column) => column.always || column.basic);
  return all.filter((column) => column.always || known.includes(column.key));
}

export function columnsIn(params: URLSearchParams): string[] | null {
  const keys = params.get("columns")?.split(",").filter(Boolean);
  return keys && keys.length > 0 ? keys : null;
}

const keyOf = (list: ListName) => `pingxin.columns.${list}`;

/** The columns that were chosen last on this machine. */
export function keptColumns(list: ListName): string[] | null {
  const keys = localStorage.getItem(keyOf(list))?.split(",").filter(Boolean);
  return keys && keys.length > 0 ? keys : null;
}

export function keepColumns(list: ListName, keys: readonly string[] | null): void {
  if (keys === null) localStorage.removeItem(keyOf(list));
  else localStorage.setItem(keyOf(list), keys.join(","));
}

/** The address first, then the view, then what was chosen last. */
export function wishedColumns(
  params: URLSearchParams,
  view: { columns: readonly string[] } | null,
  kept: readonly string[] | null,
): readonly string[] | null {
  return columnsIn(params) ?? (view && view.columns.length > 0 ? view.columns : view ? null : kept);
}
