import { useTranslation } from "react-i18next";

/** A sentence that the server sends in both languages, in that of the page. */
export function useLocal(): (said: { zh: string; en: string }) => string {
  const { i18n } = useTranslation();
  return ({ zh, en }) => (i18n.language.startsWith("zh") ? zh : en);
}
