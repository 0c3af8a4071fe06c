import { InfoCircleOutlined, PauseCircleOutlined, StopOutlined } from "@ant-design/icons";
import { useTranslation } from "react-i18next";
import type { GuardSeverity } from "../../api/types";
import styles from "./Guard.module.css";

const icons = { warn: <InfoCircleOutlined aria-hidden="true" />, hold: <PauseCircleOutlined aria-hidden="true" />, block: <StopOutlined aria-hidden="true" /> };

/** How much a finding weighs, in a word and a sign. */
export function GuardSeverityName({ of }: { of: GuardSeverity }) {
  const { t } = useTranslation();
  return <span className={styles.severity} data-severity={of}>{icons[of]}{t(`guard.severity.${of}`)}</span>;
}
