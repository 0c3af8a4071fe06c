import { App, Button, Input, type InputRef } from "antd";
import type { TextAreaRef } from "antd/es/input/TextArea";
import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { busy } from "../../components/Busy/busy";
import { useAddNote } from "../../api/cases";
import { heldIn } from "../../api/guard";
import { typeOn } from "../../api/presence";
import { useMay } from "../../api/session";
import { GuardPanel } from "../../components/Guard/GuardPanel";
import { useKeys } from "../../components/Keys/useKeys";
import { Trouble } from "../../components/Trouble/Trouble";
import { useDraft } from "../../components/Draft/draft";
import styles from "./Parts.module.css";

const longest = 2000;

export function NoteForm({ id }: { id: string }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const may = useMay("case.handle");
  const [text, write] = useDraft(`note.${id}`);
  const [nothing, setNothing] = useState(false);
  const add = useAddNote(id);
  const field = useRef<TextAreaRef & InputRef>(null);
  useKeys({ x: may ? () => field.current?.focus() : undefined });
  if (!may) return <p className={styles.quiet}>{t("cases.mayNot")}</p>;

  const save = () => {
    if (text.trim() === "") {
      setNothing(true);
      field.current?.focus();
      return;
    }
    add.mutate(text.trim(), {
      onSuccess: (answer) => {
        write("");
        void message.success(t(heldIn(answer) ? "guard.held" : "cases.noteSaved"));
      },
    });
  };
  return (
    <form className={styles.note} onSubmit={(event) => { event.preventDefault(); save(); }}>
      <Input.TextArea
        ref={field}
        value={text}
        onChange={(event) => { write(event.target.value); setNothing(false); typeOn(id); }}
        onKeyDown={(event) => {
          if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) save();
          if (event.key === "Escape") event.currentTarget.blur();
        }}
        placeholder={t("cases.notePlaceholder")}
        aria-label={t("cases.note")}
        aria-describedby="note-problem"
        status={nothing ? "error" : undefined}
        autoSize={{ minRows: 2, maxRows: 8 }}
        maxLength={longest}
      />
      <GuardPanel text={text} where={{ case: id, channel: "note" }} onUse={write} />
      <div className={styles.buttons}>
        <Button htmlType="submit" loading={busy(add.isPending)} title="Ctrl+Enter">{t("cases.noteSave")}</Button>
        <span id="note-problem" className={nothing ? styles.problem : styles.quiet} role={nothing ? "alert" : undefined}>
          {nothing ? t("cases.noteEmpty") : text && !add.isPending ? t("cases.draftKept") : null}
        </span>
      </div>
      <Trouble error={add.error} onRetry={save} />
    </form>
  );
}
