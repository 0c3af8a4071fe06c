import { App, Button, Tag } from "antd";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { afterwards } from "../../api/change";
import { useTakeHandover, useWithdrawHandover } from "../../api/handovers";
import { useMay, useMe } from "../../api/session";
import type { Handover, HandoverCase } from "../../api/types";
import { Due } from "../../components/Tasks/Due";
import tasks from "../../components/Tasks/Tasks.module.css";
import { Trouble } from "../../components/Trouble/Trouble";
import { When } from "../../components/When/When";
import styles from "./Handover.module.css";

/** One handover: who leaves what to whom until when, and what became of it. */
export function HandoverCard({ handover }: { handover: Handover }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const { data: me } = useMe();
  const may = useMay("case.handle");
  const mayAssign = useMay("case.assign");
  const take = useTakeHandover();
  const withdraw = useWithdrawHandover();
  const isOpen = handover.state === "open";
  const isMine = handover.from !== null && handover.from?.id === me?.user.id;
  const isForMe = !handover.to || handover.to.id === me?.user.id || mayAssign;
  const taken = () =>
    afterwards(take.mutateAsync(handover.id), ({ left }) => void (left.length > 0 ? message.warning(t("handover.takenBut", { numbers: left.join(t("handover.and")) })) : message.success(t("handover.taken"))));
  return (
    <li className={tasks.task}>
      <div className={tasks.top}>
        <b>{t("handover.fromTo", { from: handover.from?.name ?? "", to: handover.to?.name ?? t("handover.anybody") })}</b>
        <span>{t("handover.back")} <When at={handover.until} /></span>
        <span className={tasks.spread} />
        <span>{t(`handover.state.${handover.state}`)}</span>
      </div>
      {handover.text && <p className={tasks.text}>{handover.text}</p>}
      {handover.cases.length > 0 && <ul className={styles.cases}>{handover.cases.map((each) => <Line key={each.case.id} each={each} />)}</ul>}
      <span className={tasks.by}><When at={handover.written_at} /></span>
      {handover.ended_at && <span className={tasks.by}> · {handover.ended_by?.name} <When at={handover.ended_at} /></span>}
      {may && isOpen && (
        <div className={tasks.buttons}>
          {!isMine && isForMe && <Button type="primary" size="small" loading={take.isPending} onClick={taken}>{t("handover.take")}</Button>}
          {isMine && <Button size="small" loading={withdraw.isPending} onClick={() => afterwards(withdraw.mutateAsync(handover.id), () => void message.success(t("handover.withdrawn")))}>{t("handover.withdraw")}</Button>}
        </div>
      )}
      <Trouble error={take.error ?? withdraw.error} />
    </li>
  );
}

function Line({ each }: { each: HandoverCase }) {
  const { t } = useTranslation();
  return (
    <li>
      <Link to={`/cases/${each.case.id}`}>{t("cases.number", { number: each.case.number })}</Link>
      <span>{each.shop.name}</span>
      <Tag>{t(each.passes ? "handover.passes" : "handover.watches")}</Tag>
      {each.reasons.map((reason) => <span key={reason} className={styles.reason}>{t(`handover.reason.${reason}`)}</span>)}
      {each.due_at && <Due at={each.due_at} shop={each.shop.id} />}
      {each.text && <span>{each.text}</span>}
    </li>
  );
}
