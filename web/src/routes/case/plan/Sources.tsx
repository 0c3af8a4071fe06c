import { Tooltip } from "antd";
import { useTranslation } from "react-i18next";
import type { RuleSource } from "../../../api/types";
import styles from "./Plan.module.css";

/** Where a rule comes from: its key, and its title on hover and focus. */
export function Sources({ of }: { of: RuleSource[] }) {
  const { t } = useTranslation();
  if (of.length === 0) return null;
  return (
    <span className={styles.quiet}>
      {t("casework.source")}{" "}
      {of.map(({ key, locator, title }) => (
        <Tooltip key={`${key} ${locator ?? ""}`} title={title}>
          <cite className={styles.source} tabIndex={title ? 0 : undefined}>{[key, locator].filter(Boolean).join(" ")}</cite>
        </Tooltip>
      ))}
    </span>
  );
}
