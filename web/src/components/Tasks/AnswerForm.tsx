import { App, Button, Input } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { afterwards } from "../../api/change";
import { heldIn } from "../../api/guard";
import { useAnswerTask } from "../../api/tasks";
import type { Task } from "../../api/types";
import { busy } from "../Busy/busy";
import { useDraft } from "../Draft/draft";
import { GuardPanel } from "../Guard/GuardPanel";
import { Trouble } from "../Trouble/Trouble";
import styles from "./Tasks.module.css";

const longest = 2000;

/** The answer of a department; what is typed is kept until it is sent. */
export function AnswerForm({ task, onDone }: { task: Task; onDone?: () => void }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const answer = useAnswerTask();
  const [text, write] = useDraft(`task.${task.id}`);
  const [nothing, setNothing] = useState(false);
  const send = () => {
    if (text.trim() === "") return setNothing(true);
    afterwards(answer.mutateAsync({ id: task.id, text: text.trim() }), (answered) => {
      write("");
      void message.success(t(heldIn(answered) ? "guard.held" : "tasks.answered"));
      onDone?.();
    });
  };
  return (
    <form className={styles.form} onSubmit={(event) => { event.preventDefault(); send(); }}>
      <Input.TextArea
        value={text}
        aria-label={t("tasks.answerTo", { text: task.text.slice(0, 40) })}
        placeholder={t(`tasks.answerExample.${task.department}`)}
        status={nothing ? "error" : undefined}
        onChange={(event) => { write(event.target.value); setNothing(false); }}
        onKeyDown={(event) => { if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) send(); }}
        autoSize={{ minRows: 2, maxRows: 8 }}
        maxLength={longest}
      />
      <GuardPanel text={text} where={{ task: task.id, channel: "note" }} onUse={write} />
      <div className={styles.buttons}>
        <Button type="primary" htmlType="submit" loading={busy(answer.isPending)} title="Ctrl+Enter">{t("tasks.answer")}</Button>
        <span className={styles.by} role={nothing ? "alert" : undefined}>{nothing ? t("cases.noteEmpty") : text && !answer.isPending ? t("cases.draftKept") : null}</span>
      </div>
      <Trouble error={answer.error} onRetry={send} />
    </form>
  );
}
