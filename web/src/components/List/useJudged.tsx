import type { UseInfiniteQueryResult } from "@tanstack/react-query";
import { useQueryClient } from "@tanstack/react-query";
import { useMemo } from "react";
import { useMay } from "../../api/session";
import type { Count } from "../../api/types";
import type { Filter } from "../../filter/filter";
import { SelectionBar } from "../Selection/SelectionBar";
import { useSelection } from "../Selection/useSelection";
import { FreshBar } from "./FreshBar";
import { useFresh } from "./useFresh";

interface Row {
  id: string;
}

interface Of<R extends Row> {
  list: "reviews" | "cases";
  filter: Filter;
  query: string;
  data: UseInfiniteQueryResult<{ pages: { rows: R[]; count: Count }[] }>;
  nameOf: (row: R) => string;
}

const noCount = { value: 0, capped: false };

/** What stands around the list of reviews and of cases: the bar of what is new, and the chosen rows with what is done to them. */
export function useJudged<R extends Row>({ list, filter, query, data, nameOf }: Of<R>) {
  const client = useQueryClient();
  const mayTag = useMay("review.tag");
  const mayHandle = useMay("case.handle");
  const rows = useMemo(() => data.data?.pages.flatMap((page) => page.rows) ?? [], [data.data]);
  const ids = useMemo(() => rows.map((row) => row.id), [rows]);
  const selection = useSelection(list, query);
  const { fresh, seen } = useFresh(list, filter, ids);
  const show = () => {
    seen();
    void client.resetQueries({ queryKey: [list, filter] });
    document.getElementById("page")?.scrollTo(0, 0);
  };
  const nameById = (id: string) => {
    const row = rows.find((each) => each.id === id);
    return row ? nameOf(row) : null;
  };
  return {
    above: <FreshBar fresh={fresh} what={list} onShow={show} />,
    below: <SelectionBar selection={selection} count={data.data?.pages[0]?.count ?? noCount} nameOf={nameById} />,
    picking: mayTag || mayHandle ? { ids: selection.ids, all: selection.all, onChange: selection.pick } : undefined,
  };
}
