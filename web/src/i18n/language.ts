export type Language = "zh-CN" | "en-US";

export const languages: readonly Language[] = ["zh-CN", "en-US"];

const key = "pingxin.language";

export function asLanguage(tag: string | null | undefined): Language | null {
  if (!tag) return null;
  if (tag.toLowerCase().startsWith("zh")) return "zh-CN";
  if (tag.toLowerCase().startsWith("en")) return "en-US";
  return null;
}

function firstLanguage(): Language {
  const wished = [localStorage.getItem(key), ...navigator.languages];
  for (const tag of wished) {
    const language = asLanguage(tag);
    if (language) return language;
  }
  return "zh-CN";
}

let current: Language | null = null;

export function currentLanguage(): Language {
  current ??= firstLanguage();
  return current;
}

export function rememberLanguage(language: Language): void {
  current = language;
  localStorage.setItem(key, language);
  document.documentElement.lang = language;
}
