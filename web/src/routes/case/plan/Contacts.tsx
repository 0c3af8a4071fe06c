import { App, Button } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { afterwards } from "../../../api/change";
import { useOptOut, usePlan, useWithdrawAttempt } from "../../../api/plan";
import { useMay, useMe } from "../../../api/session";
import type { Case, ContactAttempt } from "../../../api/types";
import { useKeys } from "../../../components/Keys/useKeys";
import { useUndo } from "../../../components/Keys/useUndo";
import { Panel } from "../../../components/Panel/Panel";
import { Trouble } from "../../../components/Trouble/Trouble";
import { When } from "../../../components/When/When";
import { LogContact } from "./LogContact";
import styles from "./Plan.module.css";

/** Contacts with the buyer, reached and only tried; logging one (`c`), and the buyer who wants none. */
export function Contacts({ found }: { found: Case }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const may = useMay("case.handle");
  const offer = useUndo();
  const [open, setOpen] = useState(false);
  const { data: plan } = usePlan(found.id);
  const withdraw = useWithdrawAttempt(found.id);
  const opt = useOptOut();
  useKeys({ c: may ? () => setOpen(true) : undefined });
  const takeBack = (id: string) => afterwards(withdraw.mutateAsync(id), () => void message.success(t("casework.withdrawn")));
  const optOut = (optedOut: boolean) => {
    const buyer = plan?.buyer;
    if (!buyer) return;
    afterwards(opt.mutateAsync({ buyer, optedOut }), () => offer(t(optedOut ? "casework.optedOut" : "casework.optedIn"), () => opt.mutate({ buyer, optedOut: !optedOut })));
  };
  return (
    <Panel title={t("casework.contacts")} extra={may && <Button size="small" onClick={() => setOpen(true)} title="c">{t("casework.log")}</Button>}>
      {plan && plan.attempts.length === 0 && <p className={styles.quiet}>{t("casework.noContacts")}</p>}
      {plan && plan.attempts.length > 0 && (
        <>
          <p className={styles.line}>{t("casework.reached", { reached: plan.reached, tried: plan.tried })}</p>
          <ul className={styles.list} aria-label={t("casework.contacts")}>
            {plan.attempts.map((attempt) => <Attempt key={attempt.id ?? attempt.at} of={attempt} shop={found.shop.id} onWithdraw={may ? takeBack : null} />)}
          </ul>
        </>
      )}
      {may && plan?.buyer && (
        <div className={styles.buttons}>
          <Button size="small" type="text" danger={!plan.opted_out_at} loading={opt.isPending} onClick={() => optOut(!plan.opted_out_at)}>{t(plan.opted_out_at ? "casework.optIn" : "casework.optOut")}</Button>
        </div>
      )}
      <Trouble error={withdraw.error ?? opt.error} />
      {open && <LogContact found={found} onClose={() => setOpen(false)} onLogged={(id) => offer(t("casework.logged"), () => takeBack(id))} />}
    </Panel>
  );
}

function Attempt({ of, shop, onWithdraw }: { of: ContactAttempt; shop: string; onWithdraw: ((id: string) => void) | null }) {
  const { t } = useTranslation();
  const { data: me } = useMe();
  const mayAssign = useMay("case.assign");
  const { id } = of;
  const isMine = of.by?.id === me?.user.id || mayAssign;
  return (
    <li>
      <p className={styles.head}>
        <b>{t(`channel.${of.channel}`)} · {of.result ? t(`callResult.${of.result}`) : t("casework.unknownResult")}</b>
        <span className={styles.quiet}>{t(of.reached ? "casework.reachedWord" : "casework.triedWord")}</span>
        <span className={styles.quiet}>{t(`knownBy.${of.known_by}`)}</span>
        {of.seconds !== null && of.seconds > 0 && <span className={styles.quiet}>{t("casework.minutes", { count: Math.max(1, Math.round(of.seconds / 60)) })}</span>}
        <span className={styles.quiet}>{of.by?.name} <When at={of.at} shop={shop} /></span>
        {id && onWithdraw && isMine && <Button type="link" size="small" onClick={() => onWithdraw(id)}>{t("casework.withdraw")}</Button>}
      </p>
      {of.note && <p className={styles.said}>{of.note}</p>}
    </li>
  );
}
