import { App, Button, DatePicker, Input } from "antd";
import dayjs, { type Dayjs } from "dayjs";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { heldIn } from "../../api/guard";
import { useSendMail, useTouchOutgoing } from "../../api/outbox";
import { typeOn } from "../../api/presence";
import type { MailWay, Outgoing } from "../../api/types";
import { busy } from "../../components/Busy/busy";
import { useDraft } from "../../components/Draft/draft";
import { GuardPanel } from "../../components/Guard/GuardPanel";
import styles from "../../components/Outbox/Outbox.module.css";
import tasks from "../../components/Tasks/Tasks.module.css";
import { Trouble } from "../../components/Trouble/Trouble";

const freshKey = () => Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");

/** A mail to the buyer's own address, sent by the desk; taken back by one click for some seconds. */
export function MailForm({ id, way }: { id: string; way: MailWay }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const [text, write] = useDraft(`mail.${id}`);
  const [subject, setSubject] = useState(() => t("outbox.subjectStart"));
  const [at, setAt] = useState<Dayjs | null>(null);
  const [nothing, setNothing] = useState(false);
  // The same until it was written: a second click or a lost answer writes nothing twice.
  const [key, setKey] = useState(freshKey);
  const send = useSendMail(id);
  const withdraw = useTouchOutgoing("withdraw");
  const save = () => {
    if (text.trim() === "" || subject.trim() === "") return setNothing(true);
    const written = text.trim();
    send.mutate({ subject: subject.trim(), text: written, send_at: at?.toISOString() ?? null, key }, {
      onSuccess: (answer) => {
        write("");
        setAt(null);
        setKey(freshKey());
        if (heldIn(answer)) return void message.success(t("guard.held"));
        const { id: outgoing } = answer as Outgoing;
        const undo = () => withdraw.mutate(outgoing, { onSuccess: () => { message.destroy(outgoing); write(written); } });
        void message.success({
          key: outgoing,
          duration: way.undo_seconds,
          content: <>{t("outbox.willGo")} <Button type="link" size="small" onClick={undo}>{t("outbox.undo")}</Button></>,
        });
      },
    });
  };
  return (
    <form className={styles.mail} onSubmit={(event) => { event.preventDefault(); save(); }}>
      <Input value={subject} maxLength={120} aria-label={t("outbox.subject")} status={nothing && subject.trim() === "" ? "error" : undefined} onChange={(event) => { setSubject(event.target.value); setNothing(false); }} addonBefore={way.to ?? undefined} />
      <Input.TextArea
        value={text}
        onChange={(event) => { write(event.target.value); setNothing(false); typeOn(id); }}
        onKeyDown={(event) => { if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) save(); }}
        placeholder={t("outbox.textExample")}
        aria-label={t("outbox.text")}
        status={nothing && text.trim() === "" ? "error" : undefined}
        autoSize={{ minRows: 2, maxRows: 10 }}
        maxLength={4000}
      />
      <GuardPanel text={text} where={{ case: id, channel: "email" }} onUse={write} />
      <div className={tasks.buttons}>
        <Button htmlType="submit" loading={busy(send.isPending)} title="Ctrl+Enter">{t(way.reviewed ? "outbox.handIn" : "outbox.send")}</Button>
        <DatePicker aria-label={t("outbox.later")} placeholder={t("outbox.later")} showTime={{ format: "HH:mm" }} format="YYYY-MM-DD HH:mm" minDate={dayjs().startOf("day")} maxDate={dayjs().add(30, "day")} value={at} onChange={setAt} />
        {nothing && <span className={styles.refused} role="alert">{t("outbox.empty")}</span>}
      </div>
      <Trouble error={send.error ?? withdraw.error} />
    </form>
  );
}
