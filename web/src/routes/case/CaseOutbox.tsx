import { useTranslation } from "react-i18next";
import { useCaseOutbox, useMailWay } from "../../api/outbox";
import { useMay } from "../../api/session";
import type { Case } from "../../api/types";
import { OutgoingCard } from "../../components/Outbox/OutgoingCard";
import { Panel } from "../../components/Panel/Panel";
import { inLanguage } from "../../components/Guard/said";
import tasks from "../../components/Tasks/Tasks.module.css";
import { Trouble } from "../../components/Trouble/Trouble";
import { MailForm } from "./MailForm";
import styles from "./Parts.module.css";

/** What the desk sends to this buyer: a mail to write, and what became of those written. */
export function CaseOutbox({ found }: { found: Case }) {
  const { t, i18n } = useTranslation();
  const may = useMay("case.handle");
  const { data: way } = useMailWay(found.id);
  const { data, error } = useCaseOutbox(found.id);
  const outgoing = data?.outgoing ?? [];
  // Where the platform allows no mail there is nothing to show.
  if (!way?.allowed && outgoing.length === 0) return null;
  return (
    <Panel title={t("outbox.ofCase")}>
      {outgoing.length > 0 && (
        <ul className={`${tasks.list} ${tasks.compact}`} aria-label={t("outbox.ofCase")}>
          {outgoing.map((each) => <OutgoingCard key={each.id} of={each} isOnCase />)}
        </ul>
      )}
      {may && way && (way.barred ? <p className={styles.quiet}>{inLanguage(way.barred, i18n.language)}</p> : <MailForm id={found.id} way={way} />)}
      <Trouble error={error} />
    </Panel>
  );
}
