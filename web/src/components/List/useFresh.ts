import { useQuery } from "@tanstack/react-query";
import { useLive } from "../../api/live";
import { firstIds } from "../../api/lists";
import type { Filter } from "../../filter/filter";

const settle = 800;

/**
 * How many rows there are on top that are not shown yet: `null` when nothing changed, 0 when only shown rows did.
 * `seen` is called once the list was fetched anew.
 */
export function useFresh(list: "reviews" | "cases", filter: Filter, shown: readonly string[]): { fresh: number | null; seen: () => void } {
  const { changes, seen } = useLive(list);
  const { data } = useQuery({
    queryKey: ["fresh", list, filter, changes],
    enabled: changes > 0,
    gcTime: 0,
    queryFn: async ({ signal }) => {
      // Many changes come at once when a file is imported: the last one of them is asked for.
      await new Promise((done) => setTimeout(done, settle));
      return signal.aborted ? [] : firstIds(list, filter, signal);
    },
  });
  if (changes === 0 || !data) return { fresh: null, seen };
  const known = new Set(shown);
  const added = data.filter((id) => !known.has(id)).length;
  const same = added === 0 && data.every((id, index) => id === shown[index]);
  return { fresh: same ? null : added, seen };
}
