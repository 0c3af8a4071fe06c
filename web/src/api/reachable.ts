// Whether the last call reached the server. `navigator.onLine` would be wrong here: a desk on
// this very machine is reachable without a network.
let reachable = true;
const listeners = new Set<() => void>();

export function setReachable(now: boolean): void {
  if (now === reachable) return;
  reachable = now;
  for (const tell of listeners) tell();
}

export function isReachable(): boolean {
  return reachable;
}

export function onReachable(tell: () => void): () => void {
  listeners.add(tell);
  return () => listeners.delete(tell);
}
