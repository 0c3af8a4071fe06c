import { Select } from "antd";
import { useTranslation } from "react-i18next";
import styles from "./Filter.module.css";

interface Props {
  label: string;
  options: { value: string; label: string }[];
  value: readonly string[];
  onChange: (values: string[]) => void;
  width?: number;
  /** Only one value at a time. */
  single?: boolean;
}

/** A filter that takes any of several values, or one. What is set is told in words below the bar. */
export function Choose({ label, options, value, onChange, width = 128, single }: Props) {
  const { t } = useTranslation();
  const search = options.length > 8 ? { optionFilterProp: "label" } : (false as const);
  const look = { className: value.length > 0 ? `${styles.choose} ${styles.set}` : styles.choose, style: { width }, placeholder: label, "aria-label": label, popupMatchSelectWidth: Math.max(width, 168), showSearch: search };
  if (single) {
    return <Select {...look} allowClear value={value[0]} options={options} onChange={(one?: string) => onChange(one === undefined ? [] : [one])} />;
  }
  return (
    <Select
      {...look}
      mode="multiple"
      value={[...value]}
      onChange={onChange}
      options={options}
      allowClear
      maxTagCount={0}
      maxTagPlaceholder={(rest) => t("list.chosen", { label, count: rest.length })}
    />
  );
}
