/** Where a value of a pack is shown: the page of its pack, at its table. */
export function ruleAddress(pack: string, table: string): string {
  return `/rules/${encodeURIComponent(pack)}?at=${encodeURIComponent(table)}`;
}
