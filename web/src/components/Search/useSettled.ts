import { useEffect, useState } from "react";

/** A value once it stood still for so many milliseconds: what is typed is asked for when the typing pauses. */
export function useSettled<T>(value: T, pause = 180): T {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), pause);
    return () => clearTimeout(timer);
  }, [value, pause]);
  return settled;
}
