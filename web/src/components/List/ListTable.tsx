import { Table, type TableColumnsType } from "antd";
import styles from "./List.module.css";

interface Props<T> {
  label: string;
  rows: T[];
  columns: TableColumnsType<T>;
  active: string | null;
  onOpen: (id: string) => void;
}

/** The table of a list page. A click anywhere in a row opens it; its first cell is the link for the keyboard. */
export function ListTable<T extends { id: string }>({ label, rows, columns, active, onOpen }: Props<T>) {
  return (
    <Table<T>
      aria-label={label}
      className={styles.table}
      rowKey="id"
      size="small"
      tableLayout="fixed"
      pagination={false}
      dataSource={rows}
      columns={columns}
      rowClassName={(row) => (row.id === active ? `${styles.row} ${styles.active}` : (styles.row ?? ""))}
      onRow={(row) => ({
        onClick: (event) => {
          const target = event.target as HTMLElement;
          // Selecting words to copy them is no click.
          if (target.closest("a, button") || window.getSelection()?.toString()) return;
          onOpen(row.id);
        },
      })}
    />
  );
}
