import { Table } from "antd";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import type { RemovalSummary } from "../../api/types";
import { formatNumber, formatShare } from "../../format/number";
import styles from "./Appeals.module.css";

type Row = RemovalSummary["months"][number];

/** The first day of the month after one, for lists that end before it. */
function after(month: string): string {
  const [year = 0, number = 1] = month.split("-").map(Number);
  return new Date(Date.UTC(year, number, 1)).toISOString().slice(0, 10);
}

/** What was asked and granted by month and ground; what went against the advice is counted apart. */
export function Months({ months, shop }: { months: readonly Row[]; shop: string | undefined }) {
  const { t, i18n } = useTranslation();
  const number = (value: number) => formatNumber(value, i18n.language);
  const list = (row: Row, tab: string) => `/appeals?tab=${tab}&ground=${encodeURIComponent(row.ground)}&from=${row.month}-01&to=${after(row.month)}${shop ? `&shop=${shop}` : ""}`;
  return (
    <div className={styles.table}>
      <p className={styles.quiet} style={{ margin: "0 0 10px" }}>{t("appeals.recordHelp")}</p>
      <Table<Row>
        size="small"
        pagination={false}
        rowKey={(row) => `${row.month} ${row.ground}`}
        dataSource={[...months]}
        locale={{ emptyText: t("appeals.noRequests") }}
        aria-label={t("appeals.tab.record")}
        columns={[
          { title: t("appeals.month"), dataIndex: "month" },
          { title: t("removal.ground"), dataIndex: "ground" },
          { title: t("appeals.askedCount"), align: "right", render: (_, row) => number(row.record.asked) },
          { title: t("removal.state.granted"), align: "right", render: (_, row) => <Link to={list(row, "answered")}>{number(row.record.granted)}</Link> },
          { title: t("removal.state.refused"), align: "right", render: (_, row) => <Link to={list(row, "answered")}>{number(row.record.refused)}</Link> },
          { title: t("appeals.rate"), align: "right", render: (_, { record }) => formatShare(record.granted, record.granted + record.refused, i18n.language) },
          { title: t("removal.wasAgainst"), align: "right", render: (_, row) => number(row.record.against_advice) },
        ]}
      />
    </div>
  );
}
