import { useMemo } from "react";
import { usePeople } from "../../../api/people";
import { useShops } from "../../../api/shops";
import type { Names } from "./sentence";

/** The names of the people and shops that this person may see, by id. */
export function useNames(): Names {
  const { people } = usePeople();
  const { shops } = useShops();
  return useMemo(() => new Map([...people.map(({ id, display_name }) => [id, display_name] as const), ...shops.map(({ id, name }) => [id, name] as const)]), [people, shops]);
}
