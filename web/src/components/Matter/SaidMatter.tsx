import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import type { CaseRow } from "../../api/types";
import { excerpt } from "../../format/excerpt";
import styles from "../List/List.module.css";
import { When } from "../When/When";
import { Severity } from "../Words/Severity";
import { KindName } from "./KindName";
import { saidIn } from "./words";

/** The first cell of a case that is about no review. On a phone it holds the rest of the row. */
export function SaidMatter({ row, state }: { row: CaseRow; state: ReactNode }) {
  const { t } = useTranslation();
  const under = [row.matter?.order_number, row.matter?.buyer_nick].filter(Boolean).join(" · ");
  return (
    <>
      <Link className={styles.said} to={`/cases/${row.id}`}>
        <KindName kind={row.kind} />
        <span className={styles.words}>{excerpt(saidIn(row, t), 160)}</span>
      </Link>
      {under && <span className={styles.under} title={under}>{under}</span>}
      <span className={styles.narrow}>
        <Severity value={row.severity} />
        {state}
        <span>{row.shop.name}</span>
        <When at={row.opened_at} shop={row.shop.id} />
      </span>
    </>
  );
}
