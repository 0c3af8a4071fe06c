import { useSearchParams } from "react-router";
import { withFilter } from "../../routes/filters";

/** The filters of a list, which live in the address so that a list can be sent to a colleague. */
export function useFilters() {
  const [params, setParams] = useSearchParams();
  const set = (key: string, value: Parameters<typeof withFilter>[2]) => {
    // What was open belongs to the list before.
    setParams((now) => withFilter(withFilter(now, "review", null), key, value), { replace: true });
  };
  return { params, set, setParams };
}
