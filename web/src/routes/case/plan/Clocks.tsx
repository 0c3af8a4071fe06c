import { useTranslation } from "react-i18next";
import { usePlan } from "../../../api/plan";
import type { Case, CaseClock } from "../../../api/types";
import { When } from "../../../components/When/When";
import styles from "./Plan.module.css";

/** The clocks of this case: what is due when, what stands because the buyer is waited for. */
export function Clocks({ found }: { found: Case }) {
  const { t } = useTranslation();
  const { data: plan } = usePlan(found.id);
  if (!plan) return null;
  if (plan.clocks.length === 0) return <p className={styles.quiet}>{t("clocks.noneRuns")}</p>;
  return (
    <ul className={styles.list} aria-label={t("clocks.ofCase")}>
      {plan.clocks.map((clock) => <Clock key={`${clock.kind} ${clock.task ?? ""}`} of={clock} shop={found.shop.id} />)}
    </ul>
  );
}

function Clock({ of, shop }: { of: CaseClock; shop: string }) {
  const { t } = useTranslation();
  const { kind, due_at, left_seconds, stage } = of;
  const tone = stage === "warned" ? styles.soon : stage ? styles.late : undefined;
  return (
    <li>
      <span>{t(`clockKind.${kind}`)}</span> ·{" "}
      {due_at ? <b><When at={due_at} shop={shop} /></b> : <span className={styles.quiet}>{t("clocks.stands", { count: Math.ceil((left_seconds ?? 0) / 60) })}</span>}
      {stage && <span className={tone}> {t(`clockStage.${stage}`)}</span>}
    </li>
  );
}
