import { useState } from "react";
import type { SavedView } from "../../api/types";
import { keepColumns, keptColumns, shownColumns, wishedColumns } from "../../filter/columns";
import { withFilter } from "../../filter/filter";
import type { ListName } from "../../filter/spec";
import { useFilters } from "../Filter/useFilters";
import type { ListColumn } from "./column";

/** The columns of a list as they are wished for, and how to wish otherwise. */
export function useColumns<T>(list: ListName, all: readonly ListColumn<T>[], view: SavedView | null) {
  const { params, setParams } = useFilters();
  const [kept, setKept] = useState(() => keptColumns(list));
  const wished = wishedColumns(params, view, kept);
  const shown = shownColumns(all, wished);
  const choose = (keys: string[] | null) => {
    // In the order of the list, whatever the order of the clicks.
    const ordered = keys && all.filter((column) => column.always || keys.includes(column.key)).map((column) => column.key);
    setParams((now) => withFilter(now, "columns", ordered?.join(",") ?? null), { replace: true });
    if (view) return;
    keepColumns(list, ordered);
    setKept(ordered);
  };
  return { shown, choose, keys: wished ? shown.map((column) => column.key) : [] };
}
