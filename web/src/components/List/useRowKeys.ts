import { useEffect, useState } from "react";
import { useKeys } from "../Keys/useKeys";

const left = new Map<string, string>();

interface List {
  /** Which list it is, so that coming back to it finds the row that was left. */
  name: string;
  ids: readonly string[];
  open: (id: string) => void;
  /** The row that stands open beside the list. */
  opened: string | null;
}

/** `j k o Enter` on a list. Answers which row the keys are on. */
export function useRowKeys({ name, ids, open, opened }: List): { active: string | null; openRow: (id: string) => void } {
  const [active, setActive] = useState<string | null>(opened ?? left.get(name) ?? null);
  useEffect(() => {
    if (opened) setActive(opened);
  }, [opened]);
  const openRow = (id: string) => {
    left.set(name, id);
    open(id);
  };

  const move = (by: number) => {
    if (ids.length === 0) return;
    const from = active ? ids.indexOf(active) : -1;
    const to = from === -1 ? 0 : Math.min(ids.length - 1, Math.max(0, from + by));
    const id = ids[to] as string;
    setActive(id);
    document.querySelector(`[data-row-key="${id}"]`)?.scrollIntoView({ block: "nearest" });
    if (opened) openRow(id);
  };
  const openActive = active && ids.includes(active) ? () => openRow(active) : undefined;
  useKeys({ j: () => move(1), k: () => move(-1), o: openActive, Enter: openActive });
  return { active, openRow };
}
