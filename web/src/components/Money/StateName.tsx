import { CheckCircleOutlined, CheckOutlined, ClockCircleOutlined, DollarOutlined, RollbackOutlined, StopOutlined } from "@ant-design/icons";
import { useTranslation } from "react-i18next";
import type { Compensation, Incentive } from "../../api/types";
import styles from "./Money.module.css";

const icons = {
  asked: <ClockCircleOutlined aria-hidden="true" />,
  approved: <CheckOutlined aria-hidden="true" />,
  paid: <DollarOutlined aria-hidden="true" />,
  confirmed: <CheckCircleOutlined aria-hidden="true" />,
  refused: <StopOutlined aria-hidden="true" />,
  reversed: <RollbackOutlined aria-hidden="true" />,
  claimed: <ClockCircleOutlined aria-hidden="true" />,
  payable: <CheckOutlined aria-hidden="true" />,
  clawed_back: <RollbackOutlined aria-hidden="true" />,
};

/** How far a compensation has come: an icon and a word, never colour alone. */
export function CompensationState({ state }: { state: Compensation["state"] }) {
  const { t } = useTranslation();
  return <span className={`${styles.state} ${styles[state] ?? ""}`}>{icons[state]} {t(`compensations.state.${state}`)}</span>;
}

/** How far an incentive has come. */
export function IncentiveState({ state }: { state: Incentive["state"] }) {
  const { t } = useTranslation();
  return <span className={`${styles.state} ${styles[state] ?? ""}`}>{icons[state]} {t(`incentives.state.${state}`)}</span>;
}
