import type { Cause, ShopWord } from "../../../api/types";
import { causes } from "../../../filter/spec";

/** What a word can stand for: a name that says nothing, or a cause. */
export type Meaning = "name" | Cause;

export const meanings: readonly Meaning[] = ["name", ...causes];

/** The words of each meaning, as the form has them. */
export function byMeaning(words: readonly ShopWord[]): Record<Meaning, string[]> {
  const of = (meaning: Meaning) => words.filter((one) => (one.cause ?? "name") === meaning).map((one) => one.word);
  return Object.fromEntries(meanings.map((meaning) => [meaning, of(meaning)])) as Record<Meaning, string[]>;
}

/** The same as the server takes them. */
export function asList(words: Partial<Record<Meaning, string[]>>): ShopWord[] {
  return meanings.flatMap((meaning) => (words[meaning] ?? []).map((word) => ({ cause: meaning === "name" ? null : meaning, word })));
}
