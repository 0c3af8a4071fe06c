import { Tooltip } from "antd";
import { useTranslation } from "react-i18next";
import type { Grade, RuleSource } from "../../api/types";
import styles from "./Removal.module.css";

/** Where a rule comes from and how well it is known; a weak source says so. */
export function Sources({ source, grade, stale }: { source: readonly RuleSource[]; grade: Grade; stale?: boolean }) {
  const { t } = useTranslation();
  return (
    <span className={styles.source}>
      {source.map(({ key, locator, title, url }) => (
        <Tooltip key={`${key} ${locator}`} title={[title, url].filter(Boolean).join(" · ")}>
          <span>{[key, locator].filter(Boolean).join(" ")}</span>
        </Tooltip>
      ))}
      <span>{t("rules.gradeOf", { grade, meaning: t(`rules.grade.${grade}`) })}</span>
      {stale && <span className={styles.poor}>{t("rules.stale")}</span>}
    </span>
  );
}
