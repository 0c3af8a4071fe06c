import { useSearchParams } from "react-router";

/** What stands after `?` in the address, and a way to change one part of it; null takes it out. */
export function useAddress(): [URLSearchParams, (key: string, value: string | null) => void] {
  const [params, setParams] = useSearchParams();
  const set = (key: string, value: string | null) =>
    setParams((now) => {
      const next = new URLSearchParams(now);
      if (value === null) next.delete(key);
      else next.set(key, value);
      return next;
    }, { replace: true });
  return [params, set];
}
