import { App } from "antd";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { explain } from "../Trouble/explain";

interface Question {
  title: string;
  /** What will happen, in numbers where there are any. */
  text: ReactNode;
  ok: string;
  /** Something ends or is lost; the cautious answer has the focus. */
  isDanger?: boolean;
  onOk: () => Promise<unknown>;
}

/** Asks before something that is not undone; a failure is told and nothing else happens. */
export function useAsk(): (question: Question) => void {
  const { t } = useTranslation();
  const { modal, message } = App.useApp();
  return ({ title, text, ok, isDanger = true, onOk }) =>
    void modal.confirm({
      title,
      content: text,
      okText: ok,
      okButtonProps: { danger: isDanger },
      cancelText: t("action.cancel"),
      focusable: { autoFocusButton: isDanger ? "cancel" : "ok" },
      onOk: async () => {
        try {
          await onOk();
        } catch (error) {
          void message.error(explain(error, t));
        }
      },
    });
}
