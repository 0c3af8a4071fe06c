import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import type { Case } from "../../api/types";
import { When } from "../../components/When/When";
import { CaseStateName } from "../../components/Words/CaseStateName";
import { CauseNames } from "../../components/Words/CauseName";
import { Severity } from "../../components/Words/Severity";
import { MergeInto } from "./plan/MergeInto";
import styles from "./Parts.module.css";

export function Facts({ found }: { found: Case }) {
  const { t } = useTranslation();
  const { review } = found;
  return (
    <>
      <dl className={styles.facts}>
        <dt>{t("cases.owner")}</dt>
        <dd>{found.owner?.name ?? t("cases.nobody")}</dd>
        <dt>{t("cases.cause")}</dt>
        <dd><CauseNames causes={review?.causes ?? (found.primary_cause ? [found.primary_cause] : [])} primary={found.primary_cause} /></dd>
        <dt>{t("cases.fault")}</dt>
        <dd>{t(`fault.${found.fault ?? "unknown"}`)}</dd>
        {found.outcome && (
          <>
            <dt>{t("cases.outcome")}</dt>
            <dd>{t(`outcome.${found.outcome}`)}</dd>
          </>
        )}
        <dt>{t("cases.opened")}</dt>
        <dd><When at={found.opened_at} shop={found.shop.id} /></dd>
        <dt>{t("cases.updated")}</dt>
        <dd><When at={found.updated_at} shop={found.shop.id} /></dd>
        {review?.source && (
          <>
            <dt>{t("reviews.source")}</dt>
            <dd><Link to={`/imports/${review.source.import_id}`}>{t("reviews.fileLine", { file: review.source.file_name, line: review.source.line })}</Link></dd>
          </>
        )}
      </dl>
      {found.related.length > 0 && (
        <>
          <h3 className={styles.small}>{t("cases.related")}</h3>
          <ul className={styles.related}>
            {found.related.map((other) => (
              <li key={other.id}>
                <Link to={`/cases/${other.id}`}>{other.number} {other.summary}</Link>
                <span className={styles.quiet}>
                  {t(other.merged_here ? "casework.mergedHere" : other.same_order ? "casework.sameOrder" : "casework.sameBuyer")} <CaseStateName state={other.state} /> <Severity value={other.severity} />
                  <MergeInto found={found} other={other} />
                </span>
              </li>
            ))}
          </ul>
        </>
      )}
    </>
  );
}
