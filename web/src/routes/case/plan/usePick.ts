import { useTranslation } from "react-i18next";
import type { Said } from "../../../api/types";

/** A sentence of the server in the language of the page. */
export function usePick(): (said: Said) => string {
  const { i18n } = useTranslation();
  return (said) => (i18n.language.startsWith("zh") ? said.zh : said.en);
}
