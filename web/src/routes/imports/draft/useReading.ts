import { useEffect, useMemo, useState } from "react";
import type { Reading } from "../../../api/imports";
import { mapOf, type Wish } from "./wishes";

interface Told {
  profile: string | null;
  encoding: string | null;
  wishes: Wish[];
}

// What was said of a draft stays said while others are looked at.
const kept = new Map<string, Told>();

/** How a draft is to be read, as far as it was said. */
export function useReading(id: string) {
  const [told, setTold] = useState<Told>(() => kept.get(id) ?? { profile: null, encoding: null, wishes: [] });
  useEffect(() => {
    kept.set(id, told);
  }, [id, told]);
  const reading: Reading = useMemo(() => ({ profile: told.profile, encoding: told.encoding, map: mapOf(told.wishes) }), [told]);
  return {
    ...told,
    reading,
    say: (wishes: Wish[]) => setTold((now) => ({ ...now, wishes })),
    // Other letters make other headers, and another profile gives them other meanings: what was said of columns is over.
    choose: (change: Partial<Pick<Told, "profile" | "encoding">>) => setTold((now) => ({ ...now, ...change, wishes: [] })),
  };
}

/** A value once it has been left alone for a moment; the first at once. */
export function useSettled<T>(value: T, milliseconds = 300): T {
  const [settled, settle] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => settle(value), milliseconds);
    return () => clearTimeout(timer);
  }, [value, milliseconds]);
  return settled;
}
