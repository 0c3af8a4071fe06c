import { App, Button } from "antd";
import { useCallback } from "react";
import { useTranslation } from "react-i18next";
import { useKeys } from "./useKeys";

const seconds = 8;
const key = "undo";

/** What `u` takes back: the last thing done on the page, whichever part of it did it. */
let pending: (() => void) | null = null;

/** Says what was done and offers to undo it for eight seconds, by button or by `u`. */
export function useUndo(): (said: string, undo: () => void) => void {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const take = useCallback(() => {
    const undo = pending;
    pending = null;
    message.destroy(key);
    undo?.();
  }, [message]);
  useKeys({ u: () => take() });
  return (said, undo) => {
    pending = undo;
    void message.open({
      key,
      type: "success",
      duration: seconds,
      content: <span>{said} <Button type="link" size="small" onClick={take}>{t("action.undo")}</Button></span>,
      onClose: () => {
        if (pending === undo) pending = null;
      },
    });
  };
}
