import { Empty, Skeleton, Table } from "antd";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { useLateMessages } from "../../api/measures";
import { Trouble } from "../../components/Trouble/Trouble";
import { When } from "../../components/When/When";
import styles from "./Measures.module.css";

/** The messages behind a rate of late answers. */
export function LateMessages({ shop, days }: { shop: string; days: number }) {
  const { t } = useTranslation();
  const { data, error, refetch } = useLateMessages(shop, days);
  if (error && !data) return <Trouble error={error} onRetry={() => void refetch()} />;
  if (!data) return <Skeleton active paragraph={{ rows: 6 }} />;
  if (data.messages.length === 0) return <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t("measures.lateNone")} />;
  return (
    <>
      <Table
        size="small"
        rowKey={(row) => `${row.at}${row.order_number}${row.buyer_id}`}
        pagination={{ pageSize: 20, hideOnSinglePage: true, showSizeChanger: false }}
        dataSource={data.messages}
        aria-label={t("measures.lateMessages")}
        columns={[
          { title: t("measures.words"), render: (_, row) => row.words || "–" },
          { title: t("measures.askedAt"), render: (_, row) => <When at={row.at} shop={shop} /> },
          { title: t("measures.answeredAt"), render: (_, row) => (row.answered_at ? <When at={row.answered_at} shop={shop} /> : t("measures.unanswered")) },
          { title: t("measures.order"), render: (_, row) => (row.order_number ? <Link to={`/orders?${new URLSearchParams({ shop, q: row.order_number }).toString()}`}>{row.order_number}</Link> : row.buyer_id ? <Link to={`/buyers/${row.buyer_id}`}>{t("measures.toBuyer")}</Link> : "–") },
        ]}
      />
      {data.messages.length >= 200 && <p className={styles.quiet}>{t("measures.lateFirst")}</p>}
    </>
  );
}
