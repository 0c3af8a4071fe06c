import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import type { CaseRow, OrderRow, ReviewRow } from "../../api/types";
import { excerpt } from "../../format/excerpt";
import { formatMoney } from "../../format/number";
import { KindName } from "../Matter/KindName";
import { saidIn } from "../Matter/words";
import { TagNames } from "../Tags/TagName";
import { When } from "../When/When";
import { CaseStateName } from "../Words/CaseStateName";
import { CauseNames } from "../Words/CauseName";
import { Severity } from "../Words/Severity";
import { Stars } from "../Words/Stars";
import styles from "./Detail.module.css";

function Lines({ label, none, children }: { label: string; none: string | null; children: ReactNode }) {
  return none ? <p className={styles.quiet}>{none}</p> : <ul className={styles.rows} aria-label={label}>{children}</ul>;
}

/** Reviews in short, each opening in full over the list it belongs to. */
export function ReviewLines({ reviews, list = "" }: { reviews: readonly ReviewRow[]; list?: string }) {
  const { t } = useTranslation();
  return (
    <Lines label={t("reviews.title")} none={reviews.length === 0 ? t("things.noReviews") : null}>
      {reviews.map((row) => (
        <li key={row.id}>
          <Link className={styles.said} to={`/reviews?${list}review=${row.id}`}>
            <Stars rating={row.rating} verdict={row.verdict} compact />
            <span lang={row.language ?? undefined}>{excerpt([row.title, row.text].filter(Boolean).join(" · "), 120) || t("reviews.noText")}</span>
          </Link>
          <span className={styles.under}>
            <CauseNames causes={row.causes} primary={row.primary_cause} most={2} />
            {row.case && <Link to={`/cases/${row.case.id}`}>{row.case.number} <CaseStateName state={row.case.state} /></Link>}
            <TagNames tags={row.tags} most={3} />
            <When at={row.created_at} shop={row.shop.id} none="unknown" />
          </span>
        </li>
      ))}
    </Lines>
  );
}

export function CaseLines({ cases }: { cases: readonly CaseRow[] }) {
  const { t } = useTranslation();
  return (
    <Lines label={t("cases.title")} none={cases.length === 0 ? t("things.noCases") : null}>
      {cases.map((row) => (
        <li key={row.id}>
          <Link className={styles.said} to={`/cases/${row.id}`}><span>{row.number} {excerpt(saidIn(row, t), 60)}</span></Link>
          <span className={styles.under}>
            <KindName kind={row.kind} />
            <CaseStateName state={row.state} />
            <Severity value={row.severity} />
            <span>{row.owner?.name ?? t("cases.nobody")}</span>
            <When at={row.opened_at} shop={row.shop.id} />
          </span>
        </li>
      ))}
    </Lines>
  );
}

export function OrderLines({ orders }: { orders: readonly OrderRow[] }) {
  const { t, i18n } = useTranslation();
  return (
    <Lines label={t("nav.orders")} none={orders.length === 0 ? t("things.noOrders") : null}>
      {orders.map((row) => (
        <li key={row.id}>
          <Link className={styles.said} to={`/orders/${row.id}`}><span>{row.number}{row.lines[0]?.title && ` ${excerpt(row.lines[0].title, 40)}`}</span></Link>
          <span className={styles.under}>
            <span>{row.state ? t(`orderState.${row.state}`) : t("unknown")}</span>
            <span>{row.amount ? formatMoney(row.amount, i18n.language) : t("unknown")}</span>
            <When at={row.placed_at ?? row.ordered_at} shop={row.shop.id} />
          </span>
        </li>
      ))}
    </Lines>
  );
}
