import { App } from "antd";
import { useTranslation } from "react-i18next";
import { copyText } from "./copy";

/** Puts a text into the clipboard and says so; where the clipboard is closed, that it has to be copied by hand. */
export function useCopy(): (text: string) => Promise<void> {
  const { t } = useTranslation();
  const { message } = App.useApp();
  return async (text) => void ((await copyText(text)) ? message.success(t("once.copied")) : message.warning(t("once.closed")));
}
