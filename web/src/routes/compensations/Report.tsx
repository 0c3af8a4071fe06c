import { DatePicker } from "antd";
import dayjs, { type Dayjs } from "dayjs";
import type { TFunction } from "i18next";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { useCompensationReport } from "../../api/compensations";
import type { CompensationCost } from "../../api/types";
import { ListSkeleton } from "../../components/List/ListSkeleton";
import styles from "../../components/Money/Money.module.css";
import { Trouble } from "../../components/Trouble/Trouble";
import { formatMoney } from "../../format/number";

const groups = ["shop", "month", "agent", "cause"] as const;
type Group = (typeof groups)[number];

function nameOf(group: Group, key: string, t: TFunction): string {
  if (key === "") return group === "agent" ? t("cases.system") : t("unknown");
  return group === "cause" ? t(`cause.${key}`) : key;
}

/** What compensations cost by shop, month, agent and cause, who comes again and again, and which orders were paid twice. */
export function Report() {
  const { t, i18n } = useTranslation();
  const [from, setFrom] = useState<Dayjs>(dayjs().subtract(2, "month"));
  const [to, setTo] = useState<Dayjs>(dayjs());
  const { data, error, refetch } = useCompensationReport(from.format("YYYY-MM"), to.format("YYYY-MM"));
  const money = (amount: CompensationCost["total"]) => formatMoney(amount, i18n.language);
  const costs = (group: Group) => ({ shop: data?.by_shop, month: data?.by_month, agent: data?.by_agent, cause: data?.by_cause })[group] ?? [];
  return (
    <>
      <div className={styles.pad}>
        <DatePicker.RangePicker picker="month" aria-label={t("compensations.report.months")} value={[from, to]} allowClear={false} onChange={(range) => { if (range?.[0] && range[1]) { setFrom(range[0]); setTo(range[1]); } }} />
      </div>
      <Trouble error={error} onRetry={() => void refetch()} />
      {!data && !error && <ListSkeleton />}
      {data && (
        <div className={styles.reports}>
          {groups.map((group) => (
            <section key={group} aria-label={t(`compensations.report.by.${group}`)}>
              <h2 className={styles.small}>{t(`compensations.report.by.${group}`)}</h2>
              {costs(group).length === 0 ? <p className={styles.quiet}>{t("compensations.report.none")}</p> : (
                <table className={styles.numbers}>
                  <thead><tr><th>{t(`compensations.report.${group}`)}</th><th>{t("compensations.report.total")}</th><th>{t("compensations.report.many")}</th><th>{t("compensations.report.perSolved")}</th></tr></thead>
                  <tbody>
                    {costs(group).map((cost) => (
                      <tr key={cost.key + cost.total.currency}><td>{nameOf(group, cost.key, t)}</td><td>{money(cost.total)}</td><td>{cost.many}</td><td>{cost.per_solved ? `${money(cost.per_solved)} (${cost.solved})` : "–"}</td></tr>
                    ))}
                  </tbody>
                </table>
              )}
            </section>
          ))}
          <section aria-label={t("compensations.report.claimants")}>
            <h2 className={styles.small}>{t("compensations.report.claimants")}</h2>
            {data.claimants.length === 0 ? <p className={styles.quiet}>{t("compensations.report.noClaimants")}</p> : (
              <table className={styles.numbers}>
                <thead><tr><th>{t("compensations.report.buyer")}</th><th>{t("compensations.report.many")}</th><th>{t("compensations.report.total")}</th></tr></thead>
                <tbody>{data.claimants.map((one) => <tr key={one.buyer_id + one.total.currency}><td><Link to={`/buyers/${one.buyer_id}`}>{one.buyer ?? t("unknown")}</Link></td><td>{one.many}</td><td>{money(one.total)}</td></tr>)}</tbody>
              </table>
            )}
          </section>
          <section aria-label={t("compensations.report.doubled")}>
            <h2 className={styles.small}>{t("compensations.report.doubled")}</h2>
            {data.doubled.length === 0 ? <p className={styles.quiet}>{t("compensations.report.noDoubled")}</p> : (
              <table className={styles.numbers}>
                <thead><tr><th>{t("compensations.column.order")}</th><th>{t("compensations.report.given")}</th><th>{t("compensations.report.refunded")}</th><th>{t("compensations.report.paid")}</th></tr></thead>
                <tbody>{data.doubled.map((one) => <tr key={one.shop + one.order_number + one.given.currency}><td>{one.order_number} · {one.shop}</td><td>{money(one.given)}</td><td>{money(one.refunded)}</td><td>{money(one.paid_for_order)}</td></tr>)}</tbody>
              </table>
            )}
          </section>
        </div>
      )}
    </>
  );
}
