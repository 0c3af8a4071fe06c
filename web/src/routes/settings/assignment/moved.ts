/** The list with one of its things a place further up or down. */
export function moved<T>(list: readonly T[], place: number, by: -1 | 1): T[] {
  const next = [...list];
  const taken = next.splice(place, 1);
  next.splice(place + by, 0, ...taken);
  return next;
}
