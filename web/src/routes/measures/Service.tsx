import { Button, Drawer, Table } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import type { ServiceFigure, ShopMeasures } from "../../api/types";
import { Sources } from "../../components/Removal/Sources";
import { formatNumber, formatShare } from "../../format/number";
import { LateMessages } from "./LateMessages";
import { ordersOf } from "./lists";
import styles from "./Measures.module.css";

/** How the shop sends and answers: each figure of how many, over which time, against which target. */
export function Service({ of }: { of: ShopMeasures }) {
  const { t, i18n } = useTranslation();
  const [days, setDays] = useState<number | null>(null);
  const number = (value: number) => formatNumber(value, i18n.language);
  const share = (value: number) => formatShare(Math.round(value * 1e6), 1e6, i18n.language);
  const behind = (row: ServiceFigure, part: "numerator" | "denominator" | "unknown", value: number) => {
    const list = ordersOf(row, part, of.shop.id);
    if (list) return <Link to={list}>{number(value)}</Link>;
    if (part === "numerator") return <Button type="link" size="small" className={styles.number} aria-label={`${t("measures.lateMessages")}: ${number(value)}`} onClick={() => setDays(row.days)}>{number(value)}</Button>;
    return number(value);
  };
  const verdict = (row: ServiceFigure) => (row.meets === null ? null : t(row.meets ? "measures.isMet" : "measures.isMissed"));
  return (
    <section className={styles.group} aria-label={t("measures.service")}>
      <h2>{t("measures.service")}</h2>
      <Table<ServiceFigure>
        size="small"
        pagination={false}
        rowKey={(row) => `${row.code}${row.days}`}
        dataSource={of.service}
        aria-label={t("measures.service")}
        scroll={{ x: "max-content" }}
        columns={[
          { title: t("measures.figure"), render: (_, row) => <>{t(`figureName.${row.code}`)}<span className={styles.meaning}>{t(`measures.meaning.${row.code}`)}</span></> },
          { title: t("measures.window"), render: (_, row) => t("measures.days", { count: row.days }) },
          { title: t("measures.rate"), align: "right", render: (_, row) => (row.rate === null ? t("measures.noneCounted") : <b className={styles.meets} data-meets={row.meets ?? undefined}>{formatShare(row.numerator, row.denominator, i18n.language)}</b>) },
          { title: t("measures.counted"), align: "right", render: (_, row) => <>{behind(row, "numerator", row.numerator)} / {behind(row, "denominator", row.denominator)}</> },
          { title: t("measures.uncounted"), align: "right", render: (_, row) => behind(row, "unknown", row.uncounted) },
          {
            title: t("measures.wanted"),
            render: (_, row) => (row.target ? <>{t(row.target.below ? "measures.targetBelow" : "measures.targetAbove", { limit: share(row.target.limit) })} {verdict(row)}</> : <span className={styles.quiet}>{t("measures.noTarget")}</span>),
          },
          { title: t("measures.source"), render: (_, row) => <Sources source={row.source} grade={row.grade} /> },
        ]}
      />
      <Drawer open={days !== null} onClose={() => setDays(null)} size={640} title={`${t("measures.lateMessages")} · ${t("measures.days", { count: days ?? 0 })}`}>
        {days !== null && <LateMessages shop={of.shop.id} days={days} />}
      </Drawer>
    </section>
  );
}
