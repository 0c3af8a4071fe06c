import { Checkbox } from "antd";
import { useTranslation } from "react-i18next";
import { usePlan, useSetStep } from "../../../api/plan";
import { useMay } from "../../../api/session";
import type { Case, CaseStep } from "../../../api/types";
import { useUndo } from "../../../components/Keys/useUndo";
import { Trouble } from "../../../components/Trouble/Trouble";
import { When } from "../../../components/When/When";
import styles from "./Plan.module.css";
import { Sources } from "./Sources";
import { usePick } from "./usePick";

/** The steps of the playbook with who, by when and what to ask; what is forbidden stands under them. */
export function Steps({ found }: { found: Case }) {
  const { t } = useTranslation();
  const pick = usePick();
  const may = useMay("case.handle");
  const offer = useUndo();
  const { data: plan } = usePlan(found.id);
  const set = useSetStep(found.id);
  if (!plan) return null;
  const done = new Map(plan.done.map((each) => [each.step, each]));
  const turn = (step: CaseStep["step"], to: boolean) =>
    set.mutate({ step, done: to }, {
      onSuccess: () => offer(to ? t("casework.ticked", { step: t(`step.${step}`) }) : t("casework.unticked"), () => set.mutate({ step, done: !to })),
    });
  // Steps that the plan no longer holds, because they are done.
  const gone = plan.done.filter(({ step }) => !plan.steps.some((each) => each.step === step));
  const by = (step: CaseStep["step"]) => {
    const was = done.get(step);
    return was && <span>{was.by ? t("casework.by", { name: was.by.name }) : t("casework.factsSystem")} <When at={was.at} shop={found.shop.id} /></span>;
  };
  const box = (step: CaseStep["step"]) => (
    <Checkbox checked={done.has(step)} disabled={!may || set.isPending} aria-label={t("casework.stepDone", { step: t(`step.${step}`) })} onChange={(event) => turn(step, event.target.checked)} />
  );
  return (
    <>
      <ol className={styles.steps} aria-label={t("casework.steps")}>
        {gone.map(({ step }) => (
          <li key={step} className={styles.step}>{box(step)}<div><span>{t(`step.${step}`)}</span><div className={styles.under}>{by(step)}</div></div></li>
        ))}
        {plan.steps.map((step) => (
          <li key={step.step} className={styles.step} aria-current={step.step === plan.next_step ? "step" : undefined}>
            {box(step.step)}
            <div>
              <span><b>{t(`step.${step.step}`)}</b> · {pick(step.what)}</span>
              <div className={styles.under}>
                {done.has(step.step) ? by(step.step) : <span className={new Date(step.due) < new Date() ? styles.late : undefined}>{t("casework.due")} <When at={step.due} shop={found.shop.id} /></span>}
                <span>{t(`stepOwner.${step.owner}`)}</span>
                <Sources of={step.source} />
              </div>
              {step.questions.length > 0 && !done.has(step.step) && (
                <details>
                  <summary className={styles.quiet}>{t("casework.ask")}</summary>
                  <ul className={styles.ask}>{step.questions.map((question) => <li key={question.en}>{pick(question)}</li>)}</ul>
                </details>
              )}
            </div>
          </li>
        ))}
      </ol>
      {plan.forbidden.length > 0 && (
        <>
          <h3 className={styles.small}>{t("casework.forbidden")}</h3>
          <ul className={styles.list} aria-label={t("casework.forbidden")}>
            {plan.forbidden.map((ban) => <li key={ban.what}>{pick(ban.why)} <Sources of={ban.source} /></li>)}
          </ul>
        </>
      )}
      <Trouble error={set.error} />
    </>
  );
}
