import { Select, Table } from "antd";
import { useTranslation } from "react-i18next";
import type { MappedColumn } from "../../api/types";
import { fields } from "./fields";
import { fieldOf, type ImportForm } from "./form";
import styles from "./Imports.module.css";

interface Props {
  mapping: MappedColumn[];
  wishes: ImportForm["columns"];
  /** Absent when the file is no longer at hand, so that nothing could be read again. */
  onChange?: (column: string, field: string) => void;
}

/** Which column was read as what, with samples. */
export function Mapping({ mapping, wishes, onChange }: Props) {
  const { t } = useTranslation();
  const options = fields.map((value) => ({ value, label: t(`imports.fieldName.${value}`) }));
  return (
    <Table<MappedColumn>
      size="small"
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
          render: (_, row) => {
            const field = fieldOf(row, wishes);
            if (!onChange) return field ? t(`imports.fieldName.${field}`) : <span className={styles.quiet}>{t("imports.notUsed")}</span>;
            return (
              <Select
                size="small"
                variant="filled"
                className={styles.full}
                value={field}
                placeholder={t("imports.notUsed")}
                aria-label={`${row.column}: ${t("imports.field")}`}
                onChange={(chosen: string) => onChange(row.column, chosen)}
                showSearch={{ optionFilterProp: "label" }}
                options={options}
              />
            );
          },
        },
        { key: "sample", title: t("imports.sample"), ellipsis: true, render: (_, row) => <span className={styles.quiet}>{row.sample.filter(Boolean).join(" / ") || "–"}</span> },
      ]}
    />
  );
}
