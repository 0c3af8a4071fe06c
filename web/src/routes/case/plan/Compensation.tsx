import { App, Button, Input, InputNumber, Modal, Select, Skeleton } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useAskCompensation, useCaseCompensation } from "../../../api/compensations";
import { useMay, useMe } from "../../../api/session";
import type { Case, CaseCompensation, Compensation as Given, CompensationDecision, NewCompensation } from "../../../api/types";
import { GuardPanel } from "../../../components/Guard/GuardPanel";
import { inLanguage } from "../../../components/Guard/said";
import { DecideDialog } from "../../../components/Money/DecideDialog";
import styles from "../../../components/Money/Money.module.css";
import { CompensationState } from "../../../components/Money/StateName";
import { Panel } from "../../../components/Panel/Panel";
import { Trouble } from "../../../components/Trouble/Trouble";
import { When } from "../../../components/When/When";
import { formatMoney } from "../../../format/number";

/** What the buyer of this case was given, and asking for it: by the ladder, never for a rating. */
export function Compensation({ found }: { found: Case }) {
  const { t, i18n } = useTranslation();
  const may = useMay("case.handle");
  const [asking, setAsking] = useState(false);
  const { data, error } = useCaseCompensation(found.id);
  const isLive = found.state !== "solved" && found.state !== "closed";
  return (
    <Panel title={t("compensations.title")} extra={may && isLive && data && !data.refused && !asking && <Button size="small" onClick={() => setAsking(true)}>{t("compensations.ask")}</Button>}>
      {!data && !error && <Skeleton active paragraph={{ rows: 2 }} />}
      {data?.refused && isLive && <p className={styles.quiet}>{inLanguage(data.refused, i18n.language)}</p>}
      {data && data.given.length === 0 && !asking && !data.refused && <p className={styles.quiet}>{t("compensations.noneOnCase")}</p>}
      {asking && data && <AskForm id={found.id} offered={data} onDone={() => setAsking(false)} />}
      {data && data.given.length > 0 && <GivenList rows={data.given} label={t("compensations.title")} />}
      {data && data.past.length > 0 && (
        <>
          <h3 className={styles.small}>{t("compensations.past", { count: data.past.length })}</h3>
          <GivenList rows={data.past} label={t("compensations.pastLabel")} />
        </>
      )}
      <Trouble error={error} />
    </Panel>
  );
}

function GivenList({ rows, label }: { rows: readonly Given[]; label: string }) {
  const { t, i18n } = useTranslation();
  const { data: me } = useMe();
  const approver = useMay("money.approve");
  const handler = useMay("case.handle");
  const [deciding, setDeciding] = useState<{ row: Given; decision: CompensationDecision }>();
  const decide = (row: Given, decision: CompensationDecision) => <Button size="small" onClick={() => setDeciding({ row, decision })}>{t(`compensations.decide.${decision}`)}</Button>;
  return (
    <>
      <ul className={styles.list} aria-label={label}>
        {rows.map((row) => {
          const isOwn = row.asked_by !== null && row.asked_by.id === me?.user.id;
          const mayTakeBack = (row.state === "asked" || row.state === "approved") && ((isOwn && handler) || approver);
          return (
            <li key={row.id}>
              <span>{t(`benefit.${row.kind}`)}</span>
              <span className={styles.amount}>{formatMoney(row.amount, i18n.language)}</span>
              <CompensationState state={row.state} />
              {row.state === "asked" && <span className={styles.quiet}>{t(`signOff.${row.approval}`)}</span>}
              <span className={styles.quiet}>{row.asked_by?.name ?? t("cases.system")} · <When at={row.asked_at} shop={row.shop.id} /></span>
              {row.note && <span className={styles.quiet}>{row.note}</span>}
              {approver && row.state === "asked" && decide(row, "approve")}
              {approver && row.state === "asked" && decide(row, "refuse")}
              {mayTakeBack && decide(row, "reverse")}
            </li>
          );
        })}
      </ul>
      {deciding && <DecideDialog rows={[deciding.row]} decision={deciding.decision} onDone={() => setDeciding(undefined)} />}
    </>
  );
}

/** The digits that a number field shows, as many decimals as its currency has. */
function decimalsOf(currency: string): number {
  return new Intl.NumberFormat("en", { style: "currency", currency }).resolvedOptions().maximumFractionDigits ?? 2;
}

function AskForm({ id, offered, onDone }: { id: string; offered: CaseCompensation; onDone: () => void }) {
  const { t, i18n } = useTranslation();
  const { message } = App.useApp();
  const ask = useAskCompensation(id);
  const first = offered.proposed?.kind ?? offered.rungs[0]?.kind;
  const [kind, setKind] = useState(first);
  const [line, setLine] = useState("");
  const [note, setNote] = useState("");
  const [sure, setSure] = useState(false);
  const rung = offered.rungs.find((each) => each.kind === kind);
  const currency = offered.paid_for_order?.currency ?? rung?.max.currency ?? "CNY";
  const decimals = decimalsOf(currency);
  const shown = (minor: number) => (minor / 10 ** decimals).toFixed(decimals);
  const [amount, setAmount] = useState<string | null>(offered.proposed ? shown(offered.proposed.amount.minor) : null);
  if (!kind || !rung) return null;
  const choose = (next: NewCompensation["kind"]) => {
    setKind(next);
    const of = offered.rungs.find((each) => each.kind === next);
    if (of) setAmount(shown(of.max.minor));
  };
  const minor = Math.round(Number(amount ?? 0) * 10 ** decimals);
  const save = () =>
    ask.mutate({ kind, amount: shown(minor), currency, line: line || null, note: note.trim() }, {
      onSuccess: (asked) => {
        void message.success(t(asked.state === "approved" ? "compensations.savedApproved" : "compensations.savedAsked"));
        onDone();
      },
      onSettled: () => setSure(false),
    });
  return (
    <div className={styles.form}>
      {offered.proposed && <p className={styles.quiet}>{t("compensations.proposed", { what: t(`benefit.${offered.proposed.kind}`), amount: formatMoney(offered.proposed.amount, i18n.language) })} {inLanguage(offered.proposed.why, i18n.language)}</p>}
      <div className={styles.line}>
        <Select aria-label={t("compensations.kind")} value={kind} onChange={choose} style={{ minWidth: 130 }} options={offered.rungs.map((each) => ({ value: each.kind, label: t(`benefit.${each.kind}`) }))} />
        <InputNumber<string> stringMode aria-label={t("compensations.amount")} value={amount} onChange={setAmount} min="0" max={shown(rung.max.minor)} precision={decimals} suffix={currency} style={{ width: 150 }} />
        <span className={styles.quiet}>{t("compensations.upTo", { amount: formatMoney(rung.max, i18n.language) })}</span>
      </div>
      {offered.lines.length > 1 && (
        <Select aria-label={t("compensations.line")} value={line} onChange={setLine} options={[{ value: "", label: t("compensations.wholeOrder") }, ...offered.lines.map((each) => ({ value: each.line, label: `${each.title ?? each.line} × ${each.quantity}` }))]} />
      )}
      <Input.TextArea rows={2} maxLength={500} value={note} onChange={(event) => setNote(event.target.value)} aria-label={t("compensations.reason")} placeholder={t("compensations.noteExample")} />
      <GuardPanel text={note} where={{ case: id, channel: "note" }} onUse={setNote} />
      <p className={styles.quiet}>{t("compensations.neverRating")}</p>
      <div className={styles.line}>
        <Button type="primary" disabled={minor <= 0 || note.trim() === ""} onClick={() => setSure(true)}>{t("compensations.ask")}</Button>
        <Button onClick={onDone}>{t("action.cancel")}</Button>
      </div>
      <Modal open={sure} title={t("compensations.askTitle")} okText={t("compensations.ask")} cancelText={t("action.cancel")} confirmLoading={ask.isPending} onOk={save} onCancel={() => setSure(false)}>
        <p>{t("compensations.askSure", { what: t(`benefit.${kind}`), amount: formatMoney({ minor, currency }, i18n.language), order: offered.order_number ?? "", paid: offered.paid_for_order ? formatMoney(offered.paid_for_order, i18n.language) : "" })}</p>
      </Modal>
      <Trouble error={ask.error} />
    </div>
  );
}
