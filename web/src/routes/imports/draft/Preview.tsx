import { CloseCircleOutlined } from "@ant-design/icons";
import { Table, type TableColumnsType } from "antd";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import type { ImportPreview } from "../../../api/types";
import { useZoneOf } from "../../../api/shops";
import imports from "../Imports.module.css";
import styles from "./Draft.module.css";
import { cellKey, type PreviewLine, previewTable } from "./previewTable";
import { shown } from "./shown";

interface Props {
  preview: ImportPreview;
  shop: string | undefined;
  /** What is shown is of before the last change. */
  old: boolean;
}

/** The first rows as they will be stored; those that cannot be read say why. */
export function Preview({ preview, shop, old }: Props) {
  const { t, i18n } = useTranslation();
  const zoneOf = useZoneOf();
  const zone = shop ? zoneOf(shop) : undefined;
  const { groups, lines } = useMemo(() => previewTable(preview.rows), [preview.rows]);
  const failing = lines.filter(({ failure }) => failure).map(({ key }) => key);
  if (lines.length === 0) return <p className={imports.quiet}>{t("draft.noRows")}</p>;
  const columns: TableColumnsType<PreviewLine> = [
    { key: "line", title: t("imports.line"), width: 60, align: "right", onCell: ({ span }) => ({ rowSpan: span }), render: (_, { line }) => line },
    ...groups.map(({ what, fields }) => ({
      key: what,
      title: t(`draft.what.${what}`),
      align: "left" as const,
      children: fields.map((field) => ({
        key: cellKey(what, field),
        title: t(`imports.fieldName.${field}`, { defaultValue: field }),
        render: (_: unknown, { cells }: PreviewLine) => {
          const text = shown(field, cells[cellKey(what, field)], t, i18n.language, zone);
          return <span className={styles.value} title={text}>{text || "–"}</span>;
        },
      })),
    })),
  ];
  return (
    <div className={old ? styles.old : undefined} aria-busy={old}>
      <Table<PreviewLine>
        size="small"
        bordered
        aria-label={t("draft.preview")}
        className={styles.preview}
        rowKey="key"
        pagination={false}
        dataSource={lines}
        columns={columns}
        scroll={{ x: "max-content" }}
        rowClassName={({ failure }) => (failure ? (styles.failing ?? "") : "")}
        expandable={{
          showExpandColumn: false,
          expandedRowKeys: failing,
          expandedRowRender: ({ failure }) => failure && (
            <p className={styles.why}>
              <CloseCircleOutlined aria-hidden="true" /> {[failure.column ?? t("imports.wholeRow"), failure.value].filter(Boolean).join(": ")} · {failure.reason}
            </p>
          ),
        }}
      />
    </div>
  );
}
