import { CheckOutlined, ClockCircleOutlined, CloseCircleOutlined, QuestionCircleOutlined, StopOutlined, SyncOutlined } from "@ant-design/icons";
import { App, Button } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { afterwards } from "../../api/change";
import { useOutCalls, useTouchOutgoing } from "../../api/outbox";
import { useMay } from "../../api/session";
import type { Outgoing } from "../../api/types";
import tasks from "../Tasks/Tasks.module.css";
import { Trouble } from "../Trouble/Trouble";
import { When } from "../When/When";
import { Doubt } from "./Doubt";
import styles from "./Outbox.module.css";

const icons = {
  queued: <ClockCircleOutlined aria-hidden="true" />,
  claimed: <SyncOutlined aria-hidden="true" />,
  handed: <SyncOutlined aria-hidden="true" />,
  sent: <CheckOutlined aria-hidden="true" />,
  refused: <CloseCircleOutlined aria-hidden="true" />,
  in_doubt: <QuestionCircleOutlined aria-hidden="true" />,
  withdrawn: <StopOutlined aria-hidden="true" />,
};

/** One thing in the outbox: its words, how far it has come and why, and what may be done about it. */
export function OutgoingCard({ of, isOnCase = false }: { of: Outgoing; isOnCase?: boolean }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const may = useMay("case.handle");
  const withdraw = useTouchOutgoing("withdraw");
  const retry = useTouchOutgoing("retry");
  const shop = of.shop?.id;
  const tell = (done: Promise<unknown>, said: string) => afterwards(done, () => void message.success(said));
  return (
    <li className={tasks.task} data-standing={of.state === "in_doubt" ? "over" : undefined}>
      <div className={tasks.top}>
        <b>{t(`outbox.channel.${of.channel}`)}</b>
        {of.event && <span>{t(`outbox.event.${of.event}`)}</span>}
        {of.to && <span>{of.to}</span>}
        {!isOnCase && of.case && <Link to={`/cases/${of.case.id}`}>{t("cases.number", { number: of.case.number })}</Link>}
        {!isOnCase && of.shop && <span>{of.shop.name}</span>}
        <span className={tasks.spread} />
        <span className={styles[of.state]}>{icons[of.state]} {t(`outbox.state.${of.state}`)}</span>
      </div>
      {of.subject && <p className={styles.subject}>{of.subject}</p>}
      <p className={tasks.text}>{of.text}</p>
      {of.reason && <p className={styles.reason}>{t(`outbox.reason.${of.reason}`)}</p>}
      {of.why && <p className={tasks.answer}>{of.decided_by?.name ?? t("cases.system")}: {of.why}</p>}
      <span className={tasks.by}>
        {of.author?.name ?? t("cases.system")} · <When at={of.created_at} shop={shop} />
        {of.state === "queued" && <> · {t("outbox.goes")} <When at={of.send_at} shop={shop} /></>}
        {of.ended_at && of.state === "sent" && <> · {t("outbox.went")} <When at={of.ended_at} shop={shop} /></>}
      </span>
      {may && of.state === "queued" && (
        <div className={`${tasks.buttons} ${styles.hand}`}>
          <Button size="small" loading={withdraw.isPending} onClick={() => tell(withdraw.mutateAsync(of.id), t("outbox.takenBack"))}>{t("outbox.withdraw")}</Button>
        </div>
      )}
      {may && of.state === "refused" && (
        <div className={`${tasks.buttons} ${styles.hand}`}>
          <Button size="small" loading={retry.isPending} onClick={() => tell(retry.mutateAsync(of.id), t("outbox.goesAgain"))}>{t("outbox.retry")}</Button>
        </div>
      )}
      {of.calls > 0 && <Calls of={of} />}
      {may && of.state === "in_doubt" && <Doubt of={of} />}
      <Trouble error={withdraw.error ?? retry.error} />
    </li>
  );
}

/** What the other side said, for whoever looks into it. */
function Calls({ of }: { of: Outgoing }) {
  const { t } = useTranslation();
  const [isOpen, setOpen] = useState(of.state === "in_doubt");
  const { data } = useOutCalls(of.id, isOpen);
  return (
    <div>
      <Button size="small" type="link" style={{ paddingInline: 0 }} aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>{t("outbox.calls", { count: of.calls })}</Button>
      {isOpen && (
        <ul className={styles.calls}>
          {data?.map((call) => (
            <li key={call.seq}><When at={call.at} shop={of.shop?.id} /> · {t(`outbox.result.${call.result ?? "open"}`)}{call.detail && ` · ${call.detail}`}</li>
          ))}
          <li className={tasks.by}>{t("outbox.key", { key: of.id })}</li>
        </ul>
      )}
    </div>
  );
}
