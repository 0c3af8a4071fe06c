import { Table, type TableColumnsType } from "antd";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { mostBasic } from "../../filter/columns";
import type { ListColumn } from "./column";
import styles from "./List.module.css";

export interface Picking {
  ids: readonly string[];
  /** Every row of the filter is chosen, also those not shown. */
  all: boolean;
  onChange: (ids: string[]) => void;
}

interface Props<T> {
  label: string;
  rows: T[];
  columns: readonly ListColumn<T>[];
  active: string | null;
  onOpen: (id: string) => void;
  /** What the box of a row is called. */
  nameOf: (row: T) => string;
  picking?: Picking;
}

const wide: ("md" | "lg")[] = ["md"];
const larger: ("md" | "lg")[] = ["lg"];

function columnsFor<T>(columns: readonly ListColumn<T>[]): TableColumnsType<T> {
  return columns.map((column) => ({
    key: column.key,
    title: column.title,
    width: column.width,
    align: column.align,
    ellipsis: column.large,
    responsive: column.always ? undefined : column.large ? larger : wide,
    render: (_: unknown, row: T) => column.render(row),
  }));
}

/** The table of a list page. A click anywhere in a row opens it; its first cell is the link for the keyboard. */
export function ListTable<T extends { id: string }>({ label, rows, columns, active, onOpen, nameOf, picking }: Props<T>) {
  const { t } = useTranslation();
  const shown = useMemo(() => columnsFor(columns), [columns]);
  // Only somebody who wished for more columns than fit moves the table sideways.
  const width = columns.length > mostBasic ? columns.reduce((sum, column) => sum + (column.width ?? 300), 0) : undefined;
  return (
    <Table<T>
      aria-label={label}
      className={styles.table}
      rowKey="id"
      size="small"
      tableLayout="fixed"
      pagination={false}
      scroll={width ? { x: width } : undefined}
      dataSource={rows}
      columns={shown}
      rowSelection={
        picking && {
          selectedRowKeys: picking.all ? rows.map((row) => row.id) : [...picking.ids],
          preserveSelectedRowKeys: true,
          columnWidth: 40,
          onChange: (keys) => picking.onChange(keys.map(String)),
          getTitleCheckboxProps: () => ({ "aria-label": t("lists.pickShown") }) as object,
          getCheckboxProps: (row) => ({ "aria-label": t("lists.pick", { name: nameOf(row) }) }) as object,
        }
      }
      rowClassName={(row) => (row.id === active ? `${styles.row} ${styles.active}` : (styles.row ?? ""))}
      onRow={(row) => ({
        onClick: (event) => {
          const target = event.target as HTMLElement;
          // Selecting words to copy them is no click.
          if (target.closest("a, button, input, label, .ant-table-selection-column") || window.getSelection()?.toString()) return;
          onOpen(row.id);
        },
      })}
    />
  );
}
