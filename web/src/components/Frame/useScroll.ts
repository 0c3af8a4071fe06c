import { useEffect, useLayoutEffect, useRef } from "react";
import { useLocation, useNavigationType } from "react-router";

const kept = new Map<string, number>();

/** Pass this as the state of a link back to a list: it opens where it was left. */
export const asLeft = { asLeft: true };

/** A new page begins at its top; going back finds a list where it was left. */
export function useScroll(element: () => HTMLElement | null): void {
  const place = useLocation();
  const kind = useNavigationType();
  const address = place.pathname + place.search;
  const latest = useRef(address);
  const path = useRef<string | null>(null);

  useEffect(() => {
    const page = element();
    const keep = () => kept.set(latest.current, page?.scrollTop ?? 0);
    page?.addEventListener("scroll", keep, { passive: true });
    return () => page?.removeEventListener("scroll", keep);
  }, [element]);

  useLayoutEffect(() => {
    latest.current = address;
    // Filters and drawers change the address of the same page; that is no move.
    if (path.current === place.pathname) return;
    path.current = place.pathname;
    const isBack = kind === "POP" || (place.state as { asLeft?: boolean } | null)?.asLeft === true;
    element()?.scrollTo(0, isBack ? (kept.get(address) ?? 0) : 0);
  }, [address, place, kind, element]);
}
