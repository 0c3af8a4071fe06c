import type { Language } from "./language";

/** Every language by its own name, whatever the page speaks. */
export const languageNames: Record<Language, string> = { "zh-CN": "中文", "en-US": "English" };

/** What a language is called in the language of the page; `und` is one that nobody could tell. */
export function languageName(code: string, page: string, unclear: string): string {
  if (code === "und") return unclear;
  return new Intl.DisplayNames([page], { type: "language" }).of(code) ?? code;
}
