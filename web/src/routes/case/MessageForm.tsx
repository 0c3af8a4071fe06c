import { App, Button, Input, Select } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useLogMessage } from "../../api/cases";
import { heldIn } from "../../api/guard";
import { typeOn } from "../../api/presence";
import { useMay } from "../../api/session";
import type { GuardChannel } from "../../api/types";
import { busy } from "../../components/Busy/busy";
import { useDraft } from "../../components/Draft/draft";
import { GuardPanel } from "../../components/Guard/GuardPanel";
import { Trouble } from "../../components/Trouble/Trouble";
import styles from "./Parts.module.css";

const ways: readonly GuardChannel[] = ["platform_message", "public_reply", "sms", "email", "phone_script", "invitation"];

/** What is said to the buyer elsewhere: checked here, copied, and logged, so that the next text knows of it. */
export function MessageForm({ id }: { id: string }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const may = useMay("case.handle");
  const [text, write] = useDraft(`message.${id}`);
  const [channel, setChannel] = useState<GuardChannel>("platform_message");
  const [nothing, setNothing] = useState(false);
  const log = useLogMessage(id);
  if (!may) return <p className={styles.quiet}>{t("cases.mayNot")}</p>;
  const save = () => {
    if (text.trim() === "") return setNothing(true);
    log.mutate({ channel, text: text.trim() }, {
      onSuccess: (answer) => {
        const held = heldIn(answer);
        // Only what may be sent is worth copying.
        if (!held) void navigator.clipboard?.writeText(text.trim()).catch(() => undefined);
        write("");
        void message.success(t(held ? "guard.held" : "cases.messageLogged"));
      },
    });
  };
  return (
    <form className={styles.note} onSubmit={(event) => { event.preventDefault(); save(); }}>
      <Select aria-label={t("guard.way")} style={{ width: 160 }} value={channel} onChange={setChannel} options={ways.map((value) => ({ value, label: t(`guard.channel.${value}`) }))} />
      <Input.TextArea
        value={text}
        onChange={(event) => { write(event.target.value); setNothing(false); typeOn(id); }}
        onKeyDown={(event) => { if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) save(); }}
        placeholder={t("cases.messagePlaceholder")}
        aria-label={t("cases.message")}
        status={nothing ? "error" : undefined}
        autoSize={{ minRows: 2, maxRows: 8 }}
        maxLength={4000}
      />
      <GuardPanel text={text} where={{ case: id, channel }} onUse={write} isAlways />
      <div className={styles.buttons}>
        <Button htmlType="submit" loading={busy(log.isPending)} title="Ctrl+Enter">{t("cases.messageLog")}</Button>
        {nothing && <span className={styles.problem} role="alert">{t("cases.noteEmpty")}</span>}
      </div>
      <Trouble error={log.error} />
    </form>
  );
}
