import { DownloadOutlined } from "@ant-design/icons";
import { Button, Skeleton, Table } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { busy } from "../../components/Busy/busy";
import { useFailures } from "../../api/imports";
import type { Import, ImportFailure } from "../../api/types";
import { Trouble } from "../../components/Trouble/Trouble";
import { csvOf } from "../../format/csv";
import { save } from "./save";
import styles from "./Imports.module.css";

export function Failures({ of }: { of: Import }) {
  const { t } = useTranslation();
  const list = useFailures(of.id, of.failed > 0);
  const [collecting, setCollecting] = useState(false);
  const rows = list.data?.pages.flatMap((page) => page.failures) ?? [];
  if (list.isPending) return <Skeleton active paragraph={{ rows: 3 }} />;

  const download = async () => {
    setCollecting(true);
    let now = list.data;
    let more = list.hasNextPage;
    while (more) {
      const next = await list.fetchNextPage();
      now = next.data;
      more = next.hasNextPage && !next.isError;
    }
    const all = now?.pages.flatMap((page) => page.failures) ?? [];
    const head = [t("imports.line"), t("imports.column"), t("imports.value"), t("imports.reason")];
    save(csvOf([head, ...all.map((each) => [each.line, each.column, each.value, each.reason])]), `${t("imports.downloadName")}-${of.file_name}.csv`);
    setCollecting(false);
  };
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
      <div className={styles.buttons}>
        {list.hasNextPage && <Button loading={busy(list.isFetchingNextPage)} onClick={() => void list.fetchNextPage()}>{t("action.more")}</Button>}
        <Button icon={<DownloadOutlined />} loading={busy(collecting)} onClick={() => void download()}>{t("imports.download")}</Button>
      </div>
    </>
  );
}
