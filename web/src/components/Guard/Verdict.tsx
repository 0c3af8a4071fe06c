import { CheckCircleOutlined, InfoCircleOutlined, PauseCircleOutlined, StopOutlined } from "@ant-design/icons";
import { useTranslation } from "react-i18next";
import type { GuardAnswer } from "../../api/types";
import styles from "./Guard.module.css";

const icons = {
  allow: <CheckCircleOutlined aria-hidden="true" />,
  warn: <InfoCircleOutlined aria-hidden="true" />,
  hold: <PauseCircleOutlined aria-hidden="true" />,
  block: <StopOutlined aria-hidden="true" />,
};

/** What the guard says on the whole, and what it remembers of the talk with this buyer. */
export function Verdict({ answer }: { answer: GuardAnswer }) {
  const { t } = useTranslation();
  const memory = answer.memory;
  const told = memory
    ? [
        memory.opt_out && t("guard.memory.optOut"),
        memory.prior_asks > 0 && t("guard.memory.asked", { count: memory.prior_asks }),
        memory.contacts_today > 0 && t("guard.memory.contacted", { count: memory.contacts_today }),
        memory.compensated_today && t("guard.memory.paid"),
      ].filter(Boolean)
    : [];
  return (
    <p className={styles.verdict} data-verdict={answer.verdict} role="status">
      {icons[answer.verdict]}
      <span>{t(`guard.verdict.${answer.verdict}`)}</span>
      {told.length > 0 && <span className={styles.memory}>{told.join(" · ")}</span>}
    </p>
  );
}
