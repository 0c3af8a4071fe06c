import type { Locale } from "antd/es/locale";
import dayjs from "dayjs";
import "dayjs/locale/zh-cn";
import type { Language } from "./language";

const sources: Record<Language, () => Promise<{ default: Locale }>> = {
  "zh-CN": () => import("antd/es/locale/zh_CN"),
  "en-US": () => import("antd/es/locale/en_US"),
};

const loaded = new Map<string, Locale>();

/** Fetches the words that the widgets themselves speak (calendar, dialogs). */
export async function loadWidgetWords(language: Language): Promise<void> {
  if (!loaded.has(language)) loaded.set(language, (await sources[language]()).default);
  // The names of the weekdays in calendars come from here.
  dayjs.locale(language === "zh-CN" ? "zh-cn" : "en");
}

export function widgetWords(language: string): Locale | undefined {
  return loaded.get(language);
}
