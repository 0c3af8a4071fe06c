import { QuestionCircleOutlined } from "@ant-design/icons";
import { Select, Table } from "antd";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import type { MappedColumn } from "../../../api/types";
import { type FieldGroup, fieldGroups } from "../fields";
import imports from "../Imports.module.css";
import { isOpen } from "./clarity";
import styles from "./Draft.module.css";
import { fieldOf, type Wish } from "./wishes";

const leftOut = "";

interface Props {
  mapping: MappedColumn[];
  wishes: Wish[];
  onChange: (mapped: MappedColumn, field: string | null) => void;
}

/** The columns of the file, with some cells, and what each is read as. */
export function ColumnTable({ mapping, wishes, onChange }: Props) {
  const { t } = useTranslation();
  const options = useMemo(
    () => [
      { value: leftOut, label: t("draft.leftOut") },
      ...(Object.keys(fieldGroups) as FieldGroup[]).map((group) => ({
        label: t(`draft.group.${group}`),
        title: group,
        options: fieldGroups[group].map((value) => ({ value: value as string, label: t(`imports.fieldName.${value}`) })),
      })),
    ],
    [t],
  );
  return (
    <Table<MappedColumn>
      size="small"
      aria-label={t("imports.mapping")}
      rowKey="column"
      pagination={false}
      dataSource={mapping}
      tableLayout="fixed"
      columns={[
        {
          key: "column",
          title: t("draft.columnAndCells"),
          render: (_, row) => (
            <>
              <span className={styles.column}>{row.column || t("draft.noHeader")} {isOpen(row) && <QuestionCircleOutlined className={styles.asks} title={t("draft.unclear")} />}</span>
              <span className={styles.cells} title={row.sample.join("\n")}>{row.sample.filter(Boolean).join(" / ") || "–"}</span>
            </>
          ),
        },
        {
          key: "field",
          title: t("imports.field"),
          width: "42%",
          render: (_, row) => {
            const field = fieldOf(row, wishes);
            return (
              <Select
                variant={field ? "filled" : "outlined"}
                className={`${imports.full} ${field ? "" : styles.unread}`}
                value={field ?? leftOut}
                aria-label={`${row.column}: ${t("imports.field")}`}
                onChange={(chosen: string) => onChange(row, chosen || null)}
                showSearch={{ optionFilterProp: "label" }}
                popupMatchSelectWidth={220}
                options={options}
              />
            );
          },
        },
      ]}
    />
  );
}
