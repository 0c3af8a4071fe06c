import type { TFunction } from "i18next";

/** What a key of a pack is called; the key itself where it has no name yet. */
export function keySaid(t: TFunction, key: string): string {
  return t(`ruleWords.key.${key}`, { defaultValue: key.replaceAll("_", " ") });
}

/** A value in words: each of a list that has a name is called by it, all else stays as the pack has it. */
export function valueSaid(t: TFunction, value: string): string {
  const parts = value.split(/(, |; | = )/);
  return parts.map((part) => (/^[a-z][a-z0-9_-]*$/i.test(part) ? named(t, part) : part)).join("");
}

function named(t: TFunction, word: string): string {
  const key = t(`ruleWords.key.${word}`, { defaultValue: word });
  return t(`ruleWords.value.${word}`, { defaultValue: key });
}
