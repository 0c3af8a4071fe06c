import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { useScriptUses } from "../../api/scripts";
import { Panel } from "../Panel/Panel";
import { Trouble } from "../Trouble/Trouble";
import { When } from "../When/When";
import styles from "./Scripts.module.css";

/** When, by whom and in which case a script was used, and how the case ended. */
export function Uses({ of }: { of: string }) {
  const { t } = useTranslation();
  const { data, error, refetch } = useScriptUses(of);
  return (
    <Panel title={t("scripts.uses")}>
      <Trouble error={error} onRetry={() => void refetch()} />
      {data?.length === 0 && <p className={styles.quiet}>{t("scripts.neverUsed")}</p>}
      <ul className={styles.uses} aria-label={t("scripts.uses")}>
        {data?.map((use) => (
          <li key={`${use.case.id}${use.at}`}>
            <Link to={`/cases/${use.case.id}`}>{t("cases.number", { number: use.case.number })}</Link>
            <span className={styles.quiet}>{use.by?.name ?? t("cases.system")} · <When at={use.at} /> · {t(`guard.channel.${use.channel}`)}</span>
            <span className={styles.quiet}>{use.outcome ? t(`outcome.${use.outcome}`) : t(`caseState.${use.state}`)}</span>
            <span className={use.confirmed ? styles.kept : styles.quiet}>{t(use.confirmed ? "composer.confirmed" : "composer.claimed")}</span>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
