import { CheckCircleOutlined, ClockCircleOutlined, MinusCircleOutlined, QuestionCircleOutlined } from "@ant-design/icons";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { RemovalVerdict } from "../../api/types";
import styles from "./Removal.module.css";

const looks: Record<RemovalVerdict, { tone: string; icon: ReactNode }> = {
  eligible: { tone: "good", icon: <CheckCircleOutlined aria-hidden="true" /> },
  needs_evidence: { tone: "due", icon: <QuestionCircleOutlined aria-hidden="true" /> },
  expired: { tone: "over", icon: <ClockCircleOutlined aria-hidden="true" /> },
  not_eligible: { tone: "none", icon: <MinusCircleOutlined aria-hidden="true" /> },
  no_rule: { tone: "none", icon: <MinusCircleOutlined aria-hidden="true" /> },
};

/** Whether a review can be removed, in word, sign and colour. */
export function VerdictName({ verdict }: { verdict: RemovalVerdict }) {
  const { t } = useTranslation();
  const { tone, icon } = looks[verdict];
  return <span className={styles.mark} data-tone={tone}>{icon}{t(`removal.verdict.${verdict}`)}</span>;
}
