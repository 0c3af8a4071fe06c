import { TableOutlined } from "@ant-design/icons";
import { Button, Checkbox, Popover } from "antd";
import { useTranslation } from "react-i18next";
import type { ListColumn } from "./column";
import styles from "./List.module.css";

interface Props<T> {
  all: readonly ListColumn<T>[];
  shown: readonly ListColumn<T>[];
  /** `null`: back to the basic ones. */
  onChange: (keys: string[] | null) => void;
}

/** Which columns a list shows. */
export function ColumnChoice<T>({ all, shown, onChange }: Props<T>) {
  const { t } = useTranslation();
  const keys = shown.map((column) => column.key);
  const content = (
    <div className={styles.choice} role="group" aria-label={t("lists.columns")}>
      {all.map((column) => (
        <Checkbox
          key={column.key}
          checked={column.always || keys.includes(column.key)}
          disabled={column.always}
          onChange={(event) => onChange(event.target.checked ? [...keys, column.key] : keys.filter((key) => key !== column.key))}
        >
          {column.title}
        </Checkbox>
      ))}
      <Button type="link" size="small" onClick={() => onChange(null)}>{t("lists.columnsBasic")}</Button>
    </div>
  );
  return (
    <Popover trigger="click" placement="bottomRight" content={content} destroyOnHidden>
      <Button className={styles.wideOnly} icon={<TableOutlined aria-hidden="true" />} aria-label={t("lists.columns")} title={t("lists.columns")} />
    </Popover>
  );
}
