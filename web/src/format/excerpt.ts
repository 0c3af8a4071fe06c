/** The first `length` characters of a text on one line, with "…" when something is left out. */
export function excerpt(text: string, length: number): string {
  const scalars = Array.from(text.replace(/\s+/gu, " ").trim());
  return scalars.length <= length ? scalars.join("") : `${scalars.slice(0, length - 1).join("")}…`;
}
