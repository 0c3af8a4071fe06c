import { useTranslation } from "react-i18next";
import type { Case } from "../../api/types";
import { bandOf } from "../../format/severity";
import styles from "./Parts.module.css";
import { reasonOf } from "./reason";

export function Reason({ found }: { found: Case }) {
  const { t } = useTranslation();
  return (
    <>
      <p className={styles.reason}>{reasonOf(found, t)}</p>
      <p className={styles.line}>
        {t("cases.complains", {
          cause: found.primary_cause ? t(`cause.${found.primary_cause}`) : t("cases.complainsOf.none"),
          fault: t(`fault.${found.fault ?? "unknown"}`),
          severity: found.severity,
          band: t(`severity.${bandOf(found.severity)}`),
        })}
      </p>
    </>
  );
}
