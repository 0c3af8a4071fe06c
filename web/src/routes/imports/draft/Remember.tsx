import { Checkbox, Input } from "antd";
import { useTranslation } from "react-i18next";
import styles from "./Draft.module.css";

interface Props {
  /** The name to keep the columns under; null when they are not to be kept. */
  name: string | null;
  suggestion: string;
  missing: boolean;
  onChange: (name: string | null) => void;
}

/** Keeps how this file is read, so that the next of its kind is recognised. */
export function Remember({ name, suggestion, missing, onChange }: Props) {
  const { t } = useTranslation();
  return (
    <div className={styles.remember}>
      <Checkbox checked={name !== null} onChange={(event) => onChange(event.target.checked ? suggestion : null)}>{t("draft.remember")}</Checkbox>
      {name !== null && (
        <Input
          className={styles.name}
          value={name}
          maxLength={80}
          status={missing ? "error" : undefined}
          aria-label={t("draft.name")}
          placeholder={t("draft.name")}
          onChange={(event) => onChange(event.target.value)}
        />
      )}
      {missing && <span className={styles.missing} role="alert">{t("draft.nameMissing")}</span>}
    </div>
  );
}
