import { App, Button, Drawer, Skeleton } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { useRequest } from "../../api/removals";
import { useMay } from "../../api/session";
import type { RequestState, RequestStep } from "../../api/types";
import { LinkButton } from "../LinkButton/LinkButton";
import { Panel } from "../Panel/Panel";
import { Trouble } from "../Trouble/Trouble";
import { When } from "../When/When";
import styles from "./Removal.module.css";
import { StepForm } from "./StepForm";
import { VerdictName } from "./VerdictName";

/** What may happen to a request in each state; the server has the last word. */
const steps: Record<RequestState, readonly RequestStep[]> = {
  filed: ["granted", "refused", "withdrawn"],
  appealed: ["granted", "refused", "withdrawn"],
  refused: ["appealed", "reopened"],
  granted: ["reopened"],
  withdrawn: ["reopened"],
};

/** One removal request: what was asked, every step of it, and what may come next. */
export function RequestDrawer({ id, groundName, onClose }: { id: string | null; groundName: (platform: string, ground: string) => string; onClose: () => void }) {
  const { t } = useTranslation();
  const may = useMay("case.handle");
  const { message } = App.useApp();
  const { data: request, error, refetch } = useRequest(id);
  const [doing, setDoing] = useState<RequestStep | null>(null);
  const close = (said?: string) => {
    setDoing(null);
    if (said) void message.success(said);
  };
  return (
    <Drawer open={id !== null} onClose={onClose} size="min(560px, 100vw)" mask={{ enabled: false }} title={t("removal.one")} styles={{ body: { padding: 0 } }}>
      {error && <Trouble error={error} onRetry={() => void refetch()} />}
      {!request && !error && <Skeleton active paragraph={{ rows: 8 }} style={{ padding: 16 }} />}
      {request && (
        <>
          <Panel title={t("removal.asked")}>
            <p className={styles.verdict}>
              {t(`removal.state.${request.state}`)}
              <span className={styles.quiet}>{groundName(request.shop.platform, request.ground)} · {t(`removal.outcome.${request.outcome}`)}</span>
            </p>
            <p className={styles.why}><Link to={`/reviews?review=${request.review_id}`}>{request.summary || t("reviews.noText")}</Link></p>
            <p className={styles.note}>
              {request.shop.name}
              {request.order_number && ` · ${t("removal.orderNumber", { number: request.order_number })}`}
              {request.platform_case_id && ` · ${t("removal.numberOf", { number: request.platform_case_id })}`}
            </p>
            {request.against_advice && (
              <p className={styles.poor}>
                {t("removal.wasAgainst")} <VerdictName verdict={request.advice} /> {request.reason}
              </p>
            )}
            <div className={styles.buttons}>
              {may && steps[request.state].map((kind) => <Button key={kind} size="small" onClick={() => setDoing(kind)}>{t(`removal.doStep.${kind}`)}</Button>)}
              <LinkButton size="small" to={`/evidence/${request.review_id}?ground=${encodeURIComponent(request.ground)}`}>{t("evidence.open")}</LinkButton>
            </div>
          </Panel>
          <Panel title={t("removal.steps")}>
            <ol className={styles.steps} aria-label={t("removal.steps")}>
              {request.steps.map((step) => (
                <li key={step.seq}>
                  <b>{t(`removal.step.${step.kind}`)}</b> <span className={styles.quiet}><When at={step.at} shop={request.shop.id} /> · {step.actor?.name ?? t("cases.system")}</span>
                  {step.text && <p>{step.text}</p>}
                </li>
              ))}
            </ol>
          </Panel>
          {doing && <StepForm id={request.id} review={request.review_id} kind={doing} onClose={close} />}
        </>
      )}
    </Drawer>
  );
}
