import { CheckOutlined, ClockCircleOutlined, RollbackOutlined } from "@ant-design/icons";
import { App, Button, Input } from "antd";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { afterwards } from "../../api/change";
import { useDecideHold } from "../../api/guard";
import { useMerchant } from "../../api/merchant";
import { useMay, useMe } from "../../api/session";
import type { Hold } from "../../api/types";
import { busy } from "../Busy/busy";
import { Trouble } from "../Trouble/Trouble";
import { When } from "../When/When";
import styles from "./Guard.module.css";
import { GuardedText } from "./GuardedText";
import { GuardPanel } from "./GuardPanel";
import { inLanguage } from "./said";
import { GuardSeverityName } from "./Severity";

const icons = { waiting: <ClockCircleOutlined aria-hidden="true" />, released: <CheckOutlined aria-hidden="true" />, refused: <RollbackOutlined aria-hidden="true" /> };

/** A text that waits for a second person, or what became of it. */
export function HoldCard({ hold, isOnCase = false, choose, problem }: { hold: Hold; isOnCase?: boolean; choose?: ReactNode; problem?: string | undefined }) {
  const { t, i18n } = useTranslation();
  const may = useMay("guard.review");
  return (
    <li className={styles.hold}>
      <div className={styles.top}>
        {choose}
        <b>{t(`guard.kind.${hold.kind}`)}</b>
        {hold.sending && <span>{t(`outbox.channel.${hold.sending.channel}`)}</span>}
        {!isOnCase && <span>{hold.shop.name}</span>}
        {!isOnCase && hold.case && <Link to={`/cases/${hold.case.id}`}>{t("cases.number", { number: hold.case.number })}</Link>}
        <span>{hold.author?.name ?? t("cases.system")} · <When at={hold.created_at} shop={hold.shop.id} /></span>
        <span className={styles.spread} />
        <span className={styles[hold.state]}>{icons[hold.state]} {t(`guard.state.${hold.state}`)}</span>
      </div>
      {hold.sending && <p className={styles.line}><b>{hold.sending.subject}</b></p>}
      <GuardedText text={hold.text} findings={hold.findings} />
      {hold.findings.map((finding) => (
        <p key={finding.rule} className={styles.line}>
          <GuardSeverityName of={finding.severity} />{inLanguage(finding.why, i18n.language)} <span className={styles.quiet}>{finding.rule} · {finding.sources.join(", ")}</span>
        </p>
      ))}
      {hold.reason && (
        <p className={styles.answer}>
          {hold.decided_by?.name ?? t("cases.system")}{hold.alone && ` (${t("guard.alone")})`}: {hold.reason}
        </p>
      )}
      {problem && <p className={styles.refused} role="alert">{problem}</p>}
      {hold.state === "waiting" && (may ? <Decide hold={hold} /> : <p className={styles.quiet}>{t("guard.waits")}</p>)}
    </li>
  );
}

/** Releases a text or sends it back, with a reason. Whoever wrote it cannot release it, unless he does it all alone. */
function Decide({ hold }: { hold: Hold }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const { data: me } = useMe();
  const { data: merchant } = useMerchant();
  const [reason, setReason] = useState("");
  const [missing, setMissing] = useState(false);
  const release = useDecideHold("release");
  const refuse = useDecideHold("refuse");
  const isOwn = hold.author !== null && hold.author.id === me?.user.id;
  const mayRelease = !isOwn || (merchant?.solo === true && me?.user.role === "owner");
  const decide = (with_: typeof release, said: string) => {
    if (reason.trim() === "") return setMissing(true);
    afterwards(with_.mutateAsync({ id: hold.id, reason: reason.trim() }), () => void message.success(said));
  };
  return (
    <div className={styles.decide}>
      <Input
        value={reason}
        maxLength={500}
        aria-label={t("guard.reason")}
        placeholder={t("guard.reasonExample")}
        status={missing ? "error" : undefined}
        onChange={(event) => { setReason(event.target.value); setMissing(false); }}
      />
      <GuardPanel text={reason} where={{ case: hold.case?.id ?? null, shop: hold.case ? null : hold.shop.id, channel: "note" }} onUse={setReason} />
      <div className={styles.buttons}>
        {mayRelease && <Button type="primary" loading={busy(release.isPending)} onClick={() => decide(release, t("guard.released"))}>{t("guard.release")}</Button>}
        <Button loading={busy(refuse.isPending)} onClick={() => decide(refuse, t("guard.sentBack"))}>{t("guard.refuse")}</Button>
        {missing && <span className={styles.refused} role="alert">{t("guard.reasonMissing")}</span>}
        {!mayRelease && <span className={styles.quiet}>{t("guard.own")}</span>}
      </div>
      <Trouble error={release.error ?? refuse.error} />
    </div>
  );
}
