import { Table } from "antd";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import type { MeasureGroup, MeasureWindow } from "../../api/types";
import { Sources } from "../../components/Removal/Sources";
import { When } from "../../components/When/When";
import { formatNumber, formatShare } from "../../format/number";
import { listOf } from "./lists";
import styles from "./Measures.module.css";
import { Outlook } from "./Outlook";
import { WhatIf } from "./WhatIf";

const kinds = ["positive", "neutral", "negative"] as const;

/** A rate of positives: each window with its parts, what was changed and deleted, and what it would be if. */
export function Group({ group, shop }: { group: MeasureGroup; shop: string }) {
  const { t, i18n } = useTranslation();
  const number = (value: number) => formatNumber(value, i18n.language);
  const title = t("measures.rateOf", { object: t(`object.${group.object}`), basis: t(`measures.basis.${group.basis}`) });
  return (
    <section className={styles.group} aria-label={title}>
      <h2>{title}</h2>
      <Table<MeasureWindow>
        size="small"
        pagination={false}
        rowKey="window"
        dataSource={group.windows}
        aria-label={title}
        scroll={{ x: "max-content" }}
        columns={[
          { title: t("measures.window"), render: (_, row) => t(`measures.windowOf.${row.window}`) },
          {
            title: t("measures.shown"),
            align: "right",
            render: (_, row) => (row.positive_percent === null ? "–" : <b>{t("measures.percent", { percent: row.positive_percent })}</b>),
          },
          ...kinds.map((kind) => ({
            title: t(`measures.${kind}.${group.basis}`),
            align: "right" as const,
            render: (_: unknown, row: MeasureWindow) => (
              <>
                <Link to={listOf(group, row, kind, shop)}>{number(row[kind])}</Link>
                {kind === "positive" && row.typed_at && <span className={styles.typed}>{t("measures.typed")} <When at={row.typed_at} shop={shop} /></span>}
              </>
            ),
          })),
          { title: t("measures.total"), align: "right", render: (_, row) => <Link to={listOf(group, row, "total", shop)}>{number(row.total)}</Link> },
          { title: t("measures.bad"), align: "right", render: (_, row) => formatShare(row.neutral + row.negative, row.total, i18n.language) },
          ...(["changed", "gone"] as const).map((kind) => ({
            title: t(`measures.${kind}`),
            align: "right" as const,
            render: (_: unknown, row: MeasureWindow) => <Link to={listOf(group, row, kind, shop)}>{number(row[kind])}</Link>,
          })),
        ]}
      />
      <Sources source={group.source} grade={group.grade} />
      <Outlook group={group} />
      <WhatIf group={group} shop={shop} />
    </section>
  );
}
