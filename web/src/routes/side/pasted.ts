const mostLines = 20;
const mostLetters = 1000;

/**
 * What was copied, without what nobody sees and without empty lines; null when nothing is left. Which order number, case
 * number or nick it holds, the server reads from it: it knows the labels and forms of every platform.
 */
export function wantedIn(pasted: string): string | null {
  const lines = pasted
    .replace(/[\u200b-\u200f\u202a-\u202e\u2060\ufeff\0]/gu, "")
    .split(/[\r\n\u2028]+/u)
    .map((line) => line.replace(/\s+/gu, " ").trim())
    .filter(Boolean);
  const text = Array.from(lines.slice(0, mostLines).join("\n")).slice(0, mostLetters).join("");
  return text === "" ? null : text;
}
