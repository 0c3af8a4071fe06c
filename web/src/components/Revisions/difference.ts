export interface Piece {
  kind: "same" | "added" | "removed";
  text: string;
}

/** Beyond this many comparisons the texts are shown whole, one removed and one added. */
const most = 4_000_000;

function tokensOf(text: string): string[] {
  return text.match(/[\p{Script=Latin}\p{N}']+|\s+|[\s\S]/gu) ?? [];
}

/** What was taken out of `before` and put in to make `after`, by Latin words and single Chinese characters. */
export function differenceOf(before: string, after: string): Piece[] {
  const old = tokensOf(before);
  const fresh = tokensOf(after);
  if (old.length * fresh.length > most) return compact([{ kind: "removed", text: before }, { kind: "added", text: after }]);

  // Length of the longest common run of tokens from (i, j) to the ends.
  const width = fresh.length + 1;
  const common = new Uint32Array((old.length + 1) * width);
  const at = (i: number, j: number) => common[i * width + j] ?? 0;
  for (let i = old.length - 1; i >= 0; i -= 1) {
    for (let j = fresh.length - 1; j >= 0; j -= 1) {
      common[i * width + j] = old[i] === fresh[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
    }
  }
  const pieces: Piece[] = [];
  let i = 0;
  let j = 0;
  while (i < old.length || j < fresh.length) {
    if (i < old.length && j < fresh.length && old[i] === fresh[j]) {
      pieces.push({ kind: "same", text: old[i] ?? "" });
      i += 1;
      j += 1;
    } else if (j >= fresh.length || (i < old.length && at(i + 1, j) >= at(i, j + 1))) {
      pieces.push({ kind: "removed", text: old[i] ?? "" });
      i += 1;
    } else {
      pieces.push({ kind: "added", text: fresh[j] ?? "" });
      j += 1;
    }
  }
  return compact(pieces);
}

function compact(pieces: Piece[]): Piece[] {
  const joined: Piece[] = [];
  for (const piece of pieces) {
    const last = joined.at(-1);
    if (piece.text === "") continue;
    if (last?.kind === piece.kind) last.text += piece.text;
    else joined.push({ ...piece });
  }
  return joined;
}
