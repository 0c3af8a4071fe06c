import { DatePicker } from "antd";
import dayjs from "dayjs";
import "dayjs/locale/zh-cn";
import { useTranslation } from "react-i18next";
import styles from "./Filter.module.css";

interface Props {
  label: string;
  from: string | null;
  to: string | null;
  onChange: (from: string, to: string) => void;
}

/** From a day to a day, both included; either end may stay open. */
export function Days({ label, from, to, onChange }: Props) {
  const { t, i18n } = useTranslation();
  dayjs.locale(i18n.language.toLowerCase());
  const ago = (days: number) => dayjs().subtract(days, "day");
  return (
    <DatePicker.RangePicker
      className={from || to ? `${styles.dates} ${styles.set}` : styles.dates}
      value={[from ? dayjs(from) : null, to ? dayjs(to) : null]}
      onChange={(_, days) => onChange(days?.[0] ?? "", days?.[1] ?? "")}
      allowEmpty={[true, true]}
      placeholder={[label, t("lists.until")]}
      aria-label={label}
      presets={[
        { label: t("lists.today"), value: [dayjs(), dayjs()] },
        { label: t("lists.lastDays", { count: 7 }), value: [ago(6), dayjs()] },
        { label: t("lists.lastDays", { count: 30 }), value: [ago(29), dayjs()] },
        { label: t("lists.lastDays", { count: 90 }), value: [ago(89), dayjs()] },
      ]}
    />
  );
}
