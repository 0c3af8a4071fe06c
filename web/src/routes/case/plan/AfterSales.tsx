import { useTranslation } from "react-i18next";
import { usePlan } from "../../../api/plan";
import type { Case } from "../../../api/types";
import { formatMoney } from "../../../format/number";
import styles from "./Plan.module.css";
import { Sources } from "./Sources";
import { usePick } from "./usePick";

/** What is proposed for the goods and the money, what else may be offered, and what may be given at most. */
export function AfterSales({ found }: { found: Case }) {
  const { t, i18n } = useTranslation();
  const pick = usePick();
  const { data: plan } = usePlan(found.id);
  if (!plan) return null;
  const { aftersales, compensation } = plan;
  return (
    <>
      {aftersales.decision ? (
        <>
          <p className={styles.lead}>{t(`decision.${aftersales.decision}`)}</p>
          <p className={styles.line}>{pick(aftersales.why)}</p>
          <p className={styles.under}>
            {aftersales.freight && <span>{t(`freight.${aftersales.freight}`)}</span>}
            {aftersales.approval === "supervisor" && <span className={styles.soon}>{t("casework.needsSupervisor")}</span>}
            {aftersales.checks.map((check) => <span key={check}>{t(`goodsCheck.${check}`)}</span>)}
            <Sources of={aftersales.source} />
          </p>
        </>
      ) : <p className={styles.quiet}>{t("casework.nothingToDecide")}</p>}
      {aftersales.alternatives.length > 0 && (
        <>
          <h3 className={styles.small}>{t("casework.others")}</h3>
          <ul className={styles.list} aria-label={t("casework.others")}>
            {aftersales.alternatives.map((other) => (
              <li key={other.decision}>
                <b>{t(`decision.${other.decision}`)}</b> · {pick(other.why)} {other.freight && <span className={styles.quiet}>{t(`freight.${other.freight}`)}</span>}
              </li>
            ))}
          </ul>
        </>
      )}
      {compensation.length > 0 && (
        <>
          <h3 className={styles.small}>{t("casework.mayGive")}</h3>
          <ul className={styles.rungs} aria-label={t("casework.mayGive")}>
            {compensation.map((rung) => (
              <li key={rung.kind}>{t(`benefit.${rung.kind}`)} {t("casework.upTo", { amount: formatMoney(rung.max, i18n.language) })} <span className={styles.quiet}>{t(`signOff.${rung.approval}`)}</span></li>
            ))}
          </ul>
        </>
      )}
    </>
  );
}
