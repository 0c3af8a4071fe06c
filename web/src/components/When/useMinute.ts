import { useSyncExternalStore } from "react";

let now = new Date();
const listeners = new Set<() => void>();
let timer: ReturnType<typeof setInterval> | undefined;

function subscribe(tell: () => void): () => void {
  listeners.add(tell);
  timer ??= setInterval(() => {
    now = new Date();
    for (const each of listeners) each();
  }, 60_000);
  return () => {
    listeners.delete(tell);
    if (listeners.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
}

function current(): Date {
  // Shown again after a pause: a stale minute would say "in 2 minutes" of something that just happened.
  if (timer === undefined && Date.now() - now.getTime() > 5_000) now = new Date();
  return now;
}

/** The time now, fresh every minute; one timer serves the whole page. */
export function useMinute(): Date {
  return useSyncExternalStore(subscribe, current);
}
