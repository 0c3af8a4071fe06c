import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useBulk, useUndoBulk } from "../../api/bulk";
import type { BulkAction, BulkResult } from "../../api/types";
import { useUndo } from "../Keys/useUndo";

export interface Outcome {
  /** Which of the two it tells of. */
  of: "done" | "undone";
  result: BulkResult;
}

export interface Selection {
  list: "reviews" | "cases";
  ids: string[];
  /** Every row of the filter, also those that are not shown. */
  all: boolean;
  busy: boolean;
  error: unknown;
  outcome: Outcome | null;
  pick: (ids: string[]) => void;
  takeAll: () => void;
  clear: () => void;
  act: (action: BulkAction) => void;
  undo: () => void;
  forget: () => void;
}

const most = 1000;

/** The chosen rows of a list and what is done with all of them at once. `query` is the filter they belong to. */
export function useSelection(list: "reviews" | "cases", query: string): Selection {
  const { t } = useTranslation();
  const [ids, setIds] = useState<string[]>([]);
  const [all, setAll] = useState(false);
  const [outcome, setOutcome] = useState<Outcome | null>(null);
  const bulk = useBulk();
  const back = useUndoBulk();
  const offer = useUndo();
  const of = useRef(query);
  useEffect(() => {
    // Rows that the filter no longer shows must not be changed unseen.
    if (of.current === query) return;
    of.current = query;
    setIds([]);
    setAll(false);
    setOutcome(null);
  }, [query]);

  const clear = () => {
    setIds([]);
    setAll(false);
  };
  const undo = (id: string) => back.mutate(id, { onSuccess: (result) => setOutcome({ of: "undone", result }) });
  const act = (action: BulkAction) => {
    setOutcome(null);
    bulk.mutate({ list, action, ...(all ? { query } : { ids: ids.slice(0, most) }) }, {
      onSuccess: (result) => {
        setOutcome({ of: "done", result });
        clear();
        if (result.done > 0) offer(t(`bulk.did.${action.kind}`, { count: result.done }), () => undo(result.id));
      },
    });
  };
  return {
    list, ids, all, outcome, act, clear,
    busy: bulk.isPending || back.isPending,
    error: bulk.error ?? back.error,
    pick: (chosen) => {
      setAll(false);
      setIds(chosen);
    },
    takeAll: () => setAll(true),
    undo: () => outcome && undo(outcome.result.id),
    forget: () => setOutcome(null),
  };
}
