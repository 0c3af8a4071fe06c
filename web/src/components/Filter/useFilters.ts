import { useSearchParams } from "react-router";
import { withFilter } from "../../filter/filter";

/** The filters of a list, which live in the address so that a list can be sent to a colleague. */
export function useFilters() {
  const [params, setParams] = useSearchParams();
  const change = (by: (now: URLSearchParams) => URLSearchParams) =>
    // What was open belongs to the list before.
    setParams((now) => by(withFilter(now, "review", null)), { replace: true });
  const set = (key: string, value: Parameters<typeof withFilter>[2]) => change((now) => withFilter(now, key, value));
  return { params, set, change, setParams };
}
