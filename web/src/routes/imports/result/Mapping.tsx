import { Table } from "antd";
import { useTranslation } from "react-i18next";
import type { MappedColumn } from "../../../api/types";
import styles from "../Imports.module.css";

/** Which column was read as what, with samples. */
export function Mapping({ mapping }: { mapping: MappedColumn[] }) {
  const { t } = useTranslation();
  return (
    <Table<MappedColumn>
      size="small"
      aria-label={t("imports.mapping")}
      rowKey="column"
      pagination={false}
      dataSource={mapping}
      tableLayout="fixed"
      columns={[
        { key: "column", title: t("imports.column"), dataIndex: "column", width: "30%" },
        {
          key: "field",
          title: t("imports.field"),
          width: "30%",
          render: (_, { field, date_order }) => {
            if (!field) return <span className={styles.quiet}>{t("imports.notUsed")}</span>;
            return <>{t(`imports.fieldName.${field}`, { defaultValue: field })} {date_order && <span className={styles.under}>{t(`draft.order.${date_order}`)}</span>}</>;
          },
        },
        { key: "sample", title: t("imports.sample"), ellipsis: true, render: (_, row) => <span className={styles.quiet}>{row.sample.filter(Boolean).join(" / ") || "–"}</span> },
      ]}
    />
  );
}
