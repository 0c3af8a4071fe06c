/** Nothing yet, for the moment before the first page's own skeleton is there. */
export function Blank() {
  return null;
}
