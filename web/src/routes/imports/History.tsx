import { Button, Skeleton, Table, Tag } from "antd";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { busy } from "../../components/Busy/busy";
import { useImports } from "../../api/imports";
import type { Import } from "../../api/types";
import { Trouble } from "../../components/Trouble/Trouble";
import { When } from "../../components/When/When";
import { formatNumber } from "../../format/number";
import styles from "./Imports.module.css";

export function History({ current }: { current: string | undefined }) {
  const { t, i18n } = useTranslation();
  const list = useImports();
  const rows = list.data?.pages.flatMap((page) => page.imports) ?? [];
  const number = (value: number) => (value === 0 ? <span className={styles.zero}>0</span> : formatNumber(value, i18n.language));
  if (list.isPending) return <Skeleton active paragraph={{ rows: 4 }} />;
  if (list.error && !list.data) return <Trouble error={list.error} onRetry={() => void list.refetch()} />;
  if (rows.length === 0) return <p className={styles.quiet}>{t("imports.historyEmpty")}</p>;
  return (
    <>
      <Table<Import>
        size="small"
        aria-label={t("imports.history")}
        rowKey="id"
        pagination={false}
        dataSource={rows}
        tableLayout="fixed"
        rowClassName={(row) => (row.id === current ? (styles.current ?? "") : "")}
        columns={[
          {
            key: "file",
            title: t("imports.file"),
            render: (_, row) => (
              <>
                <Link to={`/imports/${row.id}`} className={styles.fileLink}>{row.file_name}</Link>
                <span className={styles.under}>
                  {[row.shop?.name, row.kind && t(`importKind.${row.kind}`), row.created_by ?? t("imports.commandLine")].filter(Boolean).join(" · ")} {row.dry_run && <Tag variant="filled">{t("imports.dryTag")}</Tag>}
                </span>
                <span className={styles.narrow}>
                  {t(`importState.${row.state}`)} <When at={row.created_at} />
                </span>
              </>
            ),
          },
          { key: "state", title: t("imports.state"), width: 84, responsive: ["md"], render: (_, row) => t(`importState.${row.state}`) },
          { key: "rows", title: t("imports.count.new"), width: 68, align: "right", responsive: ["md"], render: (_, row) => number(row.new) },
          { key: "updated", title: t("imports.count.updated"), width: 86, align: "right", responsive: ["md"], render: (_, row) => number(row.updated) },
          { key: "failed", title: t("imports.count.failed"), width: 64, align: "right", render: (_, row) => number(row.failed) },
          { key: "when", title: t("imports.when"), width: 100, responsive: ["md"], render: (_, row) => <When at={row.created_at} /> },
        ]}
      />
      {list.hasNextPage && <div className={styles.buttons}><Button loading={busy(list.isFetchingNextPage)} onClick={() => void list.fetchNextPage()}>{t("action.more")}</Button></div>}
    </>
  );
}
