import { Select } from "antd";
import { useTranslation } from "react-i18next";
import styles from "./Filter.module.css";

interface Props {
  label: string;
  options: { value: string; label: string }[];
  value: readonly string[];
  onChange: (values: string[]) => void;
  width?: number;
}

/** A filter that takes any of several values. */
export function Choose({ label, options, value, onChange, width = 132 }: Props) {
  const { t } = useTranslation();
  return (
    <Select
      mode="multiple"
      className={styles.choose}
      style={{ width }}
      value={[...value]}
      onChange={onChange}
      options={options}
      placeholder={label}
      aria-label={label}
      allowClear
      maxTagCount="responsive"
      maxTagPlaceholder={(rest) => (rest.length === value.length ? t("list.chosen", { label, count: rest.length }) : `+${rest.length}`)}
      popupMatchSelectWidth={Math.max(width, 168)}
      showSearch={options.length > 8 ? { optionFilterProp: "label" } : false}
    />
  );
}
