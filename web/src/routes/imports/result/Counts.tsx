import { Tooltip } from "antd";
import { useTranslation } from "react-i18next";
import type { Import } from "../../../api/types";
import { formatNumber } from "../../../format/number";
import styles from "../Imports.module.css";

const kinds = ["new", "updated", "unchanged", "duplicate", "failed"] as const;

/** The five counts that together are the rows. */
export function Counts({ of }: { of: Import }) {
  const { t, i18n } = useTranslation();
  return (
    <>
      <dl className={styles.counts}>
        {kinds.map((kind) => (
          <Tooltip key={kind} title={t(`imports.countHint.${kind}`)}>
            <div className={kind === "failed" && of.failed > 0 ? styles.bad : undefined}>
              <dt>{t(`imports.count.${kind}`)}</dt>
              <dd>{formatNumber(of[kind], i18n.language)}</dd>
            </div>
          </Tooltip>
        ))}
      </dl>
      <p className={styles.quiet}>
        {t("imports.sum", { rows: formatNumber(of.rows, i18n.language) })}
        {of.cases_opened > 0 && ` · ${t("imports.casesOpened", { count: of.cases_opened })}`}
        {of.media_files > 0 && ` · ${t("imports.media", { count: of.media_files })}`}
        {of.media_refused > 0 && ` · ${t("imports.mediaRefused", { count: of.media_refused })}`}
      </p>
    </>
  );
}
