/** How long a text is as platforms count it: by characters, not by units of the machine. */
export function lengthOf(text: string): number {
  return [...text.trim()].length;
}

/** Whether a variable is still open in a text: such a text is never sent. */
export function hasOpen(text: string): boolean {
  return /\{\{|\}\}/u.test(text);
}

/** A text in pieces, with the names of its variables apart. */
export function piecesOf(text: string): { text: string; name: string | null }[] {
  const pieces: { text: string; name: string | null }[] = [];
  let at = 0;
  for (const found of text.matchAll(/\{\{\s*([a-z][a-z0-9_]*)\s*\}\}/gu)) {
    if (found.index > at) pieces.push({ text: text.slice(at, found.index), name: null });
    pieces.push({ text: found[0], name: found[1] ?? null });
    at = found.index + found[0].length;
  }
  if (at < text.length) pieces.push({ text: text.slice(at), name: null });
  return pieces;
}
