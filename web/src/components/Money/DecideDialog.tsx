import { Input, Modal, Skeleton } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useDecideCompensations, usePreview } from "../../api/compensations";
import type { Compensation, CompensationDecided, CompensationDecision } from "../../api/types";
import { formatMoney } from "../../format/number";
import { GuardPanel } from "../Guard/GuardPanel";
import { inLanguage } from "../Guard/said";
import { Trouble } from "../Trouble/Trouble";
import styles from "./Money.module.css";
import { CompensationState } from "./StateName";

interface Props {
  rows: readonly Compensation[];
  decision: CompensationDecision;
  onDone: () => void;
}

/** Says what will become of each chosen row before anything is decided, and afterwards what became of it. */
export function DecideDialog({ rows, decision, onDone }: Props) {
  const { t, i18n } = useTranslation();
  const ids = rows.map((row) => row.id);
  const preview = usePreview({ ids, decision });
  const decide = useDecideCompensations();
  const [note, setNote] = useState("");
  const needsNote = decision === "refuse" || decision === "reverse";
  const results = decide.data?.results ?? preview.data?.results;
  const able = preview.data?.results.filter((one) => one.state !== null).length ?? 0;
  const done = decide.isSuccess;
  const total = new Map<string, number>();
  for (const row of rows) {
    const will = preview.data?.results.find((one) => one.id === row.id);
    if (will?.state) total.set(row.amount.currency, (total.get(row.amount.currency) ?? 0) + row.amount.minor);
  }
  const sum = [...total].map(([currency, minor]) => formatMoney({ minor, currency }, i18n.language)).join(" + ");
  return (
    <Modal
      open
      title={t(`compensations.dialog.${decision}`)}
      okText={done ? t("compensations.close") : t(`compensations.confirm.${decision}`, { count: able, sum })}
      cancelText={t("action.cancel")}
      okButtonProps={{ disabled: !done && (able === 0 || (needsNote && note.trim() === "")), danger: needsNote && !done }}
      cancelButtonProps={done ? { style: { display: "none" } } : {}}
      confirmLoading={decide.isPending}
      onOk={() => (done ? onDone() : decide.mutate({ ids, decision, note: note.trim() || null }))}
      onCancel={onDone}
      destroyOnHidden
    >
      {preview.isPending && <Skeleton active />}
      {results && (
        <ul className={styles.list} aria-label={t("compensations.perRow")}>
          {rows.map((row) => <Row key={row.id} row={row} result={results.find((one) => one.id === row.id)} />)}
        </ul>
      )}
      {decision === "pay" && !done && <p className={styles.quiet}>{t("compensations.payHelp")}</p>}
      {needsNote && !done && (
        <>
          <Input.TextArea rows={2} maxLength={500} value={note} onChange={(event) => setNote(event.target.value)} aria-label={t("compensations.reason")} placeholder={t("compensations.reasonExample")} />
          <GuardPanel text={note} where={{ case: rows[0]?.case.id ?? null, channel: "note" }} onUse={setNote} />
        </>
      )}
      <Trouble error={preview.error ?? decide.error} />
    </Modal>
  );
}

function Row({ row, result }: { row: Compensation; result: CompensationDecided | undefined }) {
  const { t, i18n } = useTranslation();
  return (
    <li>
      <span>{row.order_number}</span>
      <span className={styles.amount}>{formatMoney(row.amount, i18n.language)}</span>
      <span className={styles.spread} />
      {result?.state && <CompensationState state={result.state} />}
      {result?.waits && <span className={styles.quiet}>{t("compensations.oneMore")}</span>}
      {result?.refused && <span className={styles.quiet}>{inLanguage(result.refused, i18n.language)}</span>}
    </li>
  );
}
