import type { Language } from "./language";

/** Every language by its own name, whatever the page speaks. */
export const languageNames: Record<Language, string> = { "zh-CN": "中文", "en-US": "English" };
