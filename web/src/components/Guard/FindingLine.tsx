import { useTranslation } from "react-i18next";
import type { GuardFinding } from "../../api/types";
import styles from "./Guard.module.css";
import { inLanguage } from "./said";
import { GuardSeverityName } from "./Severity";
import { Sources } from "./Sources";

/** One rule that a text breaks: how much it weighs, why, what may follow, and where that stands. */
export function FindingLine({ of }: { of: GuardFinding }) {
  const { t, i18n } = useTranslation();
  return (
    <li className={styles.finding}>
      <p className={styles.line}><GuardSeverityName of={of.severity} />{inLanguage(of.why, i18n.language)}</p>
      <p className={styles.quiet}>{t("guard.risk", { risk: inLanguage(of.risk, i18n.language) })}</p>
      <p className={styles.quiet}>{of.rule} · <Sources sources={of.sources} grade={of.grade} />{of.by === "learnt" && ` · ${t("guard.learnt")}`}</p>
    </li>
  );
}
