import { ClockCircleOutlined } from "@ant-design/icons";
import { Button, Skeleton } from "antd";
import { useTranslation } from "react-i18next";
import { usePlan, useSetStep } from "../../../api/plan";
import { useMay } from "../../../api/session";
import type { Case, CasePlan } from "../../../api/types";
import { busy } from "../../../components/Busy/busy";
import { useKeys } from "../../../components/Keys/useKeys";
import { useUndo } from "../../../components/Keys/useUndo";
import { Trouble } from "../../../components/Trouble/Trouble";
import { When } from "../../../components/When/When";
import { moment, span } from "../../../format/span";
import styles from "./Plan.module.css";
import { Sources } from "./Sources";
import { usePick } from "./usePick";

const live: ReadonlySet<string> = new Set(["open", "in_progress", "waiting"]);

/** The next step in one sentence, with its reason, its deadline and the next contact. */
export function NextStep({ found }: { found: Case }) {
  const { t } = useTranslation();
  const pick = usePick();
  const may = useMay("case.handle");
  const offer = useUndo();
  const { data: plan, error, refetch } = usePlan(found.id);
  const set = useSetStep(found.id);
  const isLive = live.has(found.state);
  const step = plan?.steps.find((each) => each.step === plan.next_step);
  const tick = () => {
    if (!step) return;
    set.mutate({ step: step.step, done: true }, {
      onSuccess: () => offer(t("casework.ticked", { step: t(`step.${step.step}`) }), () => set.mutate({ step: step.step, done: false })),
    });
  };
  useKeys({ d: may && isLive && step && !set.isPending ? tick : undefined });
  if (!isLive) return <p className={styles.lead}>{t("casework.over", { outcome: found.outcome ? t(`outcome.${found.outcome}`) : t(`caseState.${found.state}`) })}</p>;
  if (error && !plan) return <Trouble error={error} onRetry={() => void refetch()} />;
  if (!plan) return <Skeleton active paragraph={{ rows: 2 }} />;
  return (
    <>
      <Waits found={found} />
      {step ? (
        <>
          <p className={styles.lead}>{pick(step.what)}</p>
          <p className={styles.under}>
            <span className={new Date(step.due) < new Date() ? styles.late : undefined}>{t("casework.due")} <When at={step.due} shop={found.shop.id} /></span>
            <span>{t("casework.owner")} {t(`stepOwner.${step.owner}`)}</span>
            <span>{t("casework.doneWhen")} {pick(step.done_when)}</span>
            <Sources of={step.source} />
          </p>
        </>
      ) : <p className={styles.lead}>{t("casework.nextNone")}</p>}
      <NextContact plan={plan} />
      {may && step && (
        <div className={styles.buttons}>
          <Button type="primary" loading={busy(set.isPending)} onClick={tick} title="d">{t("casework.tick")}</Button>
        </div>
      )}
      <Trouble error={set.error} />
    </>
  );
}

function Waits({ found }: { found: Case }) {
  const { t, i18n } = useTranslation();
  if (!found.waiting) return null;
  const on = t(`waitingFor.${found.waiting.on}`);
  return (
    <p className={styles.line}>
      <ClockCircleOutlined aria-hidden="true" /> {found.waiting.until ? t("casework.waitsUntil", { on, at: moment(found.waiting.until, i18n.language) }) : t("casework.waits", { on })}
    </p>
  );
}

/** When and by what the buyer may be contacted, in his time and the reader's; or why nobody does. */
export function NextContact({ plan }: { plan: CasePlan }) {
  const { t, i18n } = useTranslation();
  const pick = usePick();
  const [next] = plan.contacts;
  if (!next) {
    return plan.stop && <p className={styles.line}><b>{t("casework.stopped")}</b> · {pick(plan.stop.why)}</p>;
  }
  const channel = t(`channel.${next.channel}`);
  const mine = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const isNow = new Date(next.from) <= new Date();
  const told = isNow
    ? t("casework.contactNow", { channel, to: moment(next.to, i18n.language, plan.timezone) })
    : t("casework.contactLater", { channel, from: moment(next.from, i18n.language, plan.timezone), to: moment(next.to, i18n.language, plan.timezone) });
  return (
    <p className={styles.line}>
      <b>{told}</b>
      {mine !== plan.timezone && <span className={styles.quiet}> · {plan.timezone.replaceAll("_", " ")} · {t("casework.yours", { from: span(next.from, next.from, i18n.language).split("–")[0], to: span(next.to, next.to, i18n.language).split("–")[0] })}</span>}
      <br />
      <span className={styles.quiet}>{pick(next.why)}{next.warning && <> · <span className={styles.soon}>{pick(next.warning)}</span></>}</span>
    </p>
  );
}
