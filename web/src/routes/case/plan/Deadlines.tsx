import { useTranslation } from "react-i18next";
import { usePlan } from "../../../api/plan";
import type { Case } from "../../../api/types";
import { When } from "../../../components/When/When";
import styles from "./Plan.module.css";
import { Sources } from "./Sources";
import { usePick } from "./usePick";

/** The windows and timers of this case, the nearest first; those that are over stand last. */
export function Deadlines({ found }: { found: Case }) {
  const { t } = useTranslation();
  const pick = usePick();
  const { data: plan } = usePlan(found.id);
  if (!plan) return null;
  const running = plan.deadlines.filter(({ standing }) => standing !== "impossible");
  const sorted = [...running.filter(({ standing }) => standing !== "over"), ...running.filter(({ standing }) => standing === "over")];
  if (sorted.length === 0) return <p className={styles.quiet}>{t("casework.noDeadlines")}</p>;
  return (
    <ul className={styles.list} aria-label={t("casework.deadlines")}>
      {sorted.map((deadline) => (
        <li key={deadline.what}>
          <span>{pick(deadline.name)}</span> · {deadline.standing === "over" ? <span className={styles.quiet}>{t("casework.deadlineOver")} <When at={deadline.at} shop={found.shop.id} /></span> : <b><When at={deadline.at} shop={found.shop.id} /></b>}
          <div className={styles.under}>
            <span>{t("casework.grade", { grade: deadline.grade })}</span>
            {deadline.stale && <span className={styles.soon}>{t("casework.stale")}</span>}
            <Sources of={deadline.source} />
          </div>
        </li>
      ))}
    </ul>
  );
}
