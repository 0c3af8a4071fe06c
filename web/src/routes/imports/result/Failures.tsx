import { Button, Skeleton, Table } from "antd";
import { useTranslation } from "react-i18next";
import { busy } from "../../../components/Busy/busy";
import { useFailures } from "../../../api/imports";
import type { ImportFailure } from "../../../api/types";
import { Trouble } from "../../../components/Trouble/Trouble";
import styles from "../Imports.module.css";
import { Mend, type MendProps } from "./Mend";

/** The rows that were not taken, and the way to mend them. */
export function Failures(props: MendProps) {
  const { t } = useTranslation();
  const { of } = props;
  const list = useFailures(of.id, of.failed > 0);
  const rows = list.data?.pages.flatMap((page) => page.failures) ?? [];
  if (list.isPending) return <Skeleton active paragraph={{ rows: 3 }} />;
  return (
    <>
      <Trouble error={list.error} onRetry={() => void list.refetch()} />
      <Table<ImportFailure>
        size="small"
        aria-label={t("imports.failures")}
        rowKey={(row) => `${row.line}${row.column ?? ""}${row.reason}`}
        pagination={false}
        dataSource={rows}
        tableLayout="fixed"
        scroll={rows.length > 8 ? { y: 280 } : undefined}
        columns={[
          { key: "line", title: t("imports.line"), dataIndex: "line", width: 72, align: "right" },
          { key: "column", title: t("imports.column"), width: "22%", render: (_, row) => row.column ?? t("imports.wholeRow") },
          { key: "value", title: t("imports.value"), width: "26%", render: (_, row) => (row.value ? <code className={styles.value}>{row.value}</code> : "–") },
          { key: "reason", title: t("imports.reason"), dataIndex: "reason" },
        ]}
      />
      {list.hasNextPage && <div className={styles.buttons}><Button loading={busy(list.isFetchingNextPage)} onClick={() => void list.fetchNextPage()}>{t("action.more")}</Button></div>}
      <Mend {...props} />
    </>
  );
}
