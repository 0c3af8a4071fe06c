import { Tooltip } from "antd";
import { useTranslation } from "react-i18next";
import type { CaseShare } from "../../api/types";
import { formatShare } from "../../format/number";
import styles from "./Scripts.module.css";

/** How many of the ended cases were solved, with the interval that the share may really lie in. */
export function Solved({ of }: { of: CaseShare | null }) {
  const { t, i18n } = useTranslation();
  if (!of) return <span className={styles.quiet}>{t("scripts.noneEnded")}</span>;
  const percent = (part: number) => formatShare(part, 1, i18n.language);
  return (
    <Tooltip title={t("scripts.interval", { low: percent(of.low), high: percent(of.high) })}>
      <span className={styles.quiet} tabIndex={0}>{t("scripts.solved", { share: percent(of.share), hits: of.hits, of: of.of })}</span>
    </Tooltip>
  );
}
