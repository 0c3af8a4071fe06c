import type { BothWords } from "../../api/types";

/** What the server says in both languages, in that of the page. */
export function saidIn(words: BothWords, language: string): string {
  return language.startsWith("zh") ? words.zh : words.en;
}
