import { useSearchParams } from "react-router";

type Change = Record<string, string | null>;

/** What stands after `?` in the address, a way to change one part of it, and one for several at once; null takes a part out. */
export function useAddress(): [URLSearchParams, (key: string, value: string | null) => void, (change: Change) => void] {
  const [params, setParams] = useSearchParams();
  // Two changes after each other would both begin at the address of this render: the second would undo the first.
  const setAll = (change: Change) =>
    setParams((now) => {
      const next = new URLSearchParams(now);
      for (const [key, value] of Object.entries(change)) {
        if (value === null) next.delete(key);
        else next.set(key, value);
      }
      return next;
    }, { replace: true });
  return [params, (key, value) => setAll({ [key]: value }), setAll];
}
