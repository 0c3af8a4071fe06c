import { CheckOutlined, CloseCircleOutlined, StopOutlined } from "@ant-design/icons";
import { App, Button } from "antd";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { afterwards } from "../../api/change";
import { useEndPromise } from "../../api/promises";
import { useMay } from "../../api/session";
import type { Promised } from "../../api/types";
import { Due } from "../Tasks/Due";
import tasks from "../Tasks/Tasks.module.css";
import { standingOf } from "../Tasks/due";
import { Trouble } from "../Trouble/Trouble";
import { useMinute } from "../When/useMinute";
import { When } from "../When/When";

/** One promise: its words, until when, and what became of it. */
export function PromiseCard({ promise, isOnCase = false }: { promise: Promised; isOnCase?: boolean }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const now = useMinute();
  const may = useMay("case.handle");
  const keep = useEndPromise("keep");
  const withdraw = useEndPromise("withdraw");
  const isOpen = promise.state === "open";
  const isBroken = promise.state === "broken";
  const standing = isBroken ? "over" : isOpen && promise.due_at ? standingOf(promise.due_at, now) : undefined;
  return (
    <li className={tasks.task} data-standing={standing}>
      <div className={tasks.top}>
        {!isOnCase && <Link to={`/cases/${promise.case.id}`}>{t("cases.number", { number: promise.case.number })}</Link>}
        {!isOnCase && <span>{promise.shop.name}</span>}
        <span>{t(promise.found ? "promises.found" : "promises.added")}</span>
        <span className={tasks.spread} />
        {(isOpen || isBroken) && (promise.due_at ? <Due at={promise.due_at} shop={promise.shop.id} /> : <span>{t("promises.noTime")}</span>)}
        {isBroken && <span><CloseCircleOutlined aria-hidden="true" /> {t("promises.state.broken")}</span>}
        {promise.state === "kept" && <span className={tasks.done}><CheckOutlined aria-hidden="true" /> {t(promise.broken_at ? "promises.keptLate" : "promises.state.kept")}</span>}
        {promise.state === "withdrawn" && <span><StopOutlined aria-hidden="true" /> {t("promises.state.withdrawn")}</span>}
      </div>
      <p className={tasks.text}>{promise.text}</p>
      <span className={tasks.by}>{promise.made_by?.name ?? t("cases.system")} · <When at={promise.made_at} shop={promise.shop.id} /></span>
      {promise.ended_at && <span className={tasks.by}>{promise.ended_by?.name ?? t("cases.system")} · <When at={promise.ended_at} shop={promise.shop.id} /></span>}
      {may && (isOpen || isBroken) && (
        <div className={tasks.buttons}>
          <Button size="small" loading={keep.isPending} onClick={() => afterwards(keep.mutateAsync(promise.id), () => void message.success(t("promises.saved")))}>{t(isBroken ? "promises.keepLate" : "promises.keep")}</Button>
          {isOpen && <Button size="small" type="text" loading={withdraw.isPending} onClick={() => afterwards(withdraw.mutateAsync(promise.id), () => void message.success(t("promises.takenBack")))}>{t("promises.withdraw")}</Button>}
        </div>
      )}
      <Trouble error={keep.error ?? withdraw.error} />
    </li>
  );
}
