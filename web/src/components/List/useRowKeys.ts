import { useEffect, useState } from "react";
import { useKeys } from "../Keys/useKeys";

/** `j k o Enter` on a list. Answers which row the keys are on. */
export function useRowKeys(ids: readonly string[], open: (id: string) => void, opened: string | null): string | null {
  const [active, setActive] = useState<string | null>(opened);
  useEffect(() => {
    if (opened) setActive(opened);
  }, [opened]);

  const move = (by: number) => {
    if (ids.length === 0) return;
    const from = active ? ids.indexOf(active) : -1;
    const to = from === -1 ? 0 : Math.min(ids.length - 1, Math.max(0, from + by));
    const id = ids[to] as string;
    setActive(id);
    document.querySelector(`[data-row-key="${id}"]`)?.scrollIntoView({ block: "nearest" });
    if (opened) open(id);
  };
  const openActive = active && ids.includes(active) ? () => open(active) : undefined;
  useKeys({ j: () => move(1), k: () => move(-1), o: openActive, Enter: openActive });
  return active;
}
