import { useEffect } from "react";
import { useTranslation } from "react-i18next";

/** Names the page in the window's title, so that tabs and history tell pages apart. */
export function useTitle(title: string): void {
  const { t } = useTranslation();
  const app = t("app.name");
  useEffect(() => {
    document.title = `${title} · ${app}`;
  }, [title, app]);
}
