import { CheckCircleOutlined, CloseOutlined, ExclamationCircleOutlined } from "@ant-design/icons";
import { Button } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { formatNumber } from "../../format/number";
import { busy } from "../Busy/busy";
import styles from "./Selection.module.css";
import type { Selection } from "./useSelection";

interface Props {
  selection: Selection;
  nameOf: (id: string) => string | null;
}

const most = 100;

/** How many rows were changed, and why the others were not. */
export function BulkOutcome({ selection, nameOf }: Props) {
  const { t, i18n } = useTranslation();
  const [open, setOpen] = useState(false);
  if (!selection.outcome) return null;
  const { of, result } = selection.outcome;
  const failed = result.results.filter((row) => !row.ok);
  const number = (value: number) => formatNumber(value, i18n.language);
  const addressOf = (id: string) => (selection.list === "cases" ? `/cases/${id}` : `/reviews?review=${id}`);
  return (
    <>
      {open && (
        <ul className={styles.failed} aria-label={t("bulk.perRow")}>
          {failed.slice(0, most).map((row) => (
            <li key={row.id}>
              <Link to={addressOf(row.id)}>{nameOf(row.id) ?? t("bulk.row")}</Link> <span>{row.problem?.detail ?? t("unknown")}</span>
            </li>
          ))}
          {failed.length > most && <li>{t("bulk.andMore", { count: failed.length - most })}</li>}
        </ul>
      )}
      <div className={styles.line} role="status">
        {result.failed > 0 ? <ExclamationCircleOutlined className={styles.warn} /> : <CheckCircleOutlined className={styles.good} />}
        <span>{t(of === "done" ? "bulk.done" : "bulk.undone", { count: result.done, number: number(result.done) })}</span>
        {result.failed > 0 && (
          <Button type="link" size="small" aria-expanded={open} onClick={() => setOpen(!open)}>{t("bulk.failed", { count: result.failed, number: number(result.failed) })}</Button>
        )}
        {of === "done" && result.done > 0 && <Button size="small" loading={busy(selection.busy)} onClick={selection.undo}>{t("action.undo")}</Button>}
        <span className={styles.spread} />
        <Button type="text" icon={<CloseOutlined />} aria-label={t("bulk.forget")} onClick={selection.forget} />
      </div>
    </>
  );
}
