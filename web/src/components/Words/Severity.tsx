import { useTranslation } from "react-i18next";
import { bandOf } from "../../format/severity";
import styles from "./Words.module.css";

/** How urgent, 0 to 100, with the word for it: never colour alone. */
export function Severity({ value }: { value: number | null | undefined }) {
  const { t } = useTranslation();
  if (value === null || value === undefined) return <span>–</span>;
  const band = bandOf(value);
  return (
    <span className={`${styles.severity} ${styles[band]}`}>
      <b>{value}</b>
      <span>{t(`severity.${band}`)}</span>
    </span>
  );
}
