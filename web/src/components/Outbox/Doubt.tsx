import { Button, Input } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useDecideOutgoing } from "../../api/outbox";
import type { Outgoing } from "../../api/types";
import { busy } from "../Busy/busy";
import tasks from "../Tasks/Tasks.module.css";
import { Trouble } from "../Trouble/Trouble";
import styles from "./Outbox.module.css";

const decisions = ["was_sent", "send_again", "give_up"] as const;

/** A person looks and says what became of something that a machine must not send again. */
export function Doubt({ of }: { of: Outgoing }) {
  const { t } = useTranslation();
  const [reason, setReason] = useState("");
  const [missing, setMissing] = useState(false);
  const decide = useDecideOutgoing();
  const say = (decision: (typeof decisions)[number]) => {
    if (reason.trim() === "") return setMissing(true);
    decide.mutate({ id: of.id, decision, reason: reason.trim() });
  };
  return (
    <div className={styles.doubt}>
      <p>{t("outbox.look")}</p>
      <Input
        value={reason}
        maxLength={500}
        aria-label={t("outbox.howKnown")}
        placeholder={t("outbox.howKnownExample")}
        status={missing ? "error" : undefined}
        onChange={(event) => { setReason(event.target.value); setMissing(false); }}
      />
      <div className={tasks.buttons}>
        {decisions.map((decision) => (
          <Button key={decision} size="small" loading={busy(decide.isPending && decide.variables.decision === decision)} onClick={() => say(decision)}>{t(`outbox.decide.${decision}`)}</Button>
        ))}
        {missing && <span className={styles.refused} role="alert">{t("guard.reasonMissing")}</span>}
      </div>
      <Trouble error={decide.error} />
    </div>
  );
}
