import { App, Button } from "antd";
import { useCallback, useRef } from "react";
import { useTranslation } from "react-i18next";
import { useKeys } from "./useKeys";

const seconds = 8;
const key = "undo";

/** Says what was done and offers to undo it for eight seconds, by button or by `u`. */
export function useUndo(): (said: string, undo: () => void) => void {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const pending = useRef<(() => void) | null>(null);
  const take = useCallback(() => {
    const undo = pending.current;
    pending.current = null;
    message.destroy(key);
    undo?.();
  }, [message]);
  useKeys({ u: () => take() });
  return (said, undo) => {
    pending.current = undo;
    void message.open({
      key,
      type: "success",
      duration: seconds,
      content: <span>{said} <Button type="link" size="small" onClick={take}>{t("action.undo")}</Button></span>,
      onClose: () => {
        if (pending.current === undo) pending.current = null;
      },
    });
  };
}
