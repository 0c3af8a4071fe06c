import { Button } from "antd";
import { useTranslation } from "react-i18next";
import { useSearchParams } from "react-router";
import type { AuditEntry } from "../../../api/types";
import { exactTime } from "../../../format/time";
import styles from "./Audit.module.css";
import { pairsOf, withPart } from "./filter";

/** Everything an entry holds, as it is stored. */
export function Detail({ entry }: { entry: AuditEntry }) {
  const { t, i18n } = useTranslation();
  const [, setParams] = useSearchParams();
  const only = () => setParams((now) => withPart(now, { subject_kind: entry.subject_kind, subject_id: entry.subject_id }));
  return (
    <dl className={styles.detail}>
      <dt>{t("audit.number")}</dt>
      <dd>{entry.seq}</dd>
      <dt>{t("audit.at")}</dt>
      <dd>{exactTime(new Date(entry.at), i18n.language)}</dd>
      <dt>{t("audit.code")}</dt>
      <dd>{entry.action}</dd>
      {entry.subject_id && (
        <>
          <dt>{t("audit.thing")}</dt>
          <dd>{entry.subject_kind} {entry.subject_id} <Button type="link" size="small" onClick={only}>{t("audit.onlyThis")}</Button></dd>
        </>
      )}
      {pairsOf(entry.detail).flatMap(([name, value]) => [<dt key={`${name}-name`}>{name}</dt>, <dd key={name}>{value}</dd>])}
      <dt>{t("audit.hash")}</dt>
      <dd className={styles.hash}>{entry.hash}</dd>
    </dl>
  );
}
