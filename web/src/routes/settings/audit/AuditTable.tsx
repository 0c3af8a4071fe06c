import { Button, Table } from "antd";
import { useTranslation } from "react-i18next";
import type { AuditEntry } from "../../../api/types";
import { busy } from "../../../components/Busy/busy";
import { When } from "../../../components/When/When";
import styles from "./Audit.module.css";
import { Detail } from "./Detail";
import { useNames } from "./useNames";
import { actorOf, sentenceOf } from "./sentence";

interface Props {
  entries: AuditEntry[];
  hasMore: boolean;
  loading: boolean;
  onMore: () => void;
}

/** The newest on top; each entry folds out into what exactly was written down. */
export function AuditTable({ entries, hasMore, loading, onMore }: Props) {
  const { t, i18n } = useTranslation();
  const names = useNames();
  return (
    <>
      <Table<AuditEntry>
        size="small"
        rowKey="seq"
        aria-label={t("settings.section.audit")}
        pagination={false}
        dataSource={entries}
        expandable={{ expandedRowRender: (entry) => <Detail entry={entry} />, expandRowByClick: true }}
        columns={[
          { key: "at", title: t("audit.at"), width: 120, render: (_, entry) => <When at={entry.at} /> },
          { key: "who", title: t("audit.who"), width: 130, ellipsis: true, render: (_, entry) => actorOf(entry, i18n) },
          { key: "what", title: t("audit.what"), render: (_, entry) => sentenceOf(entry, i18n, names) },
        ]}
      />
      {hasMore && <div className={styles.more}><Button onClick={onMore} loading={busy(loading)}>{t("action.more")}</Button></div>}
    </>
  );
}
