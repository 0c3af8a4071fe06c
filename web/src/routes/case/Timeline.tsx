import { useTranslation } from "react-i18next";
import type { Case } from "../../api/types";
import { When } from "../../components/When/When";
import styles from "./Parts.module.css";
import { noteOf, toldOf } from "./told";
import { useToldByRule } from "./useToldByRule";

/** What was done and by whom, the newest on top. */
export function Timeline({ found }: { found: Case }) {
  const { t } = useTranslation();
  const toldByRule = useToldByRule();
  const events = [...found.events].sort((a, b) => b.seq - a.seq);
  return (
    <ol className={styles.timeline}>
      {events.map((event) => (
        <li key={event.seq} data-kind={event.kind}>
          <span className={styles.told}>{toldByRule(event) ?? toldOf(event, t)}</span>
          {noteOf(event) && <p className={styles.noteText}>{noteOf(event)}</p>}
          <span className={styles.quiet}>{event.actor?.name ?? t("cases.system")} · <When at={event.at} shop={found.shop.id} /></span>
        </li>
      ))}
    </ol>
  );
}
