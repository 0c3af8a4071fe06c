import { useTranslation } from "react-i18next";
import { bandOf } from "../../format/severity";
import styles from "./Words.module.css";

/** How urgent, 0 to 100, with the word for it: never colour alone. */
export function Severity({ value }: { value: number | null | undefined }) {
  const { t } = useTranslation();
  // 0 is no urgency at all: a dash, like any empty cell.
  if (!value) return <span>–</span>;
  const band = bandOf(value);
  return (
    <span className={`${styles.severity} ${styles[band]}`}>
      <b>{value}</b>
      <span>{t(`severity.${band}`)}</span>
    </span>
  );
}
