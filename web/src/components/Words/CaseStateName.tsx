import { CheckCircleOutlined, ClockCircleOutlined, InboxOutlined, MinusCircleOutlined, PlayCircleOutlined } from "@ant-design/icons";
import { useTranslation } from "react-i18next";
import type { CaseState } from "../../api/types";
import styles from "./Words.module.css";

const icons = {
  open: <InboxOutlined />,
  in_progress: <PlayCircleOutlined />,
  waiting: <ClockCircleOutlined />,
  solved: <CheckCircleOutlined />,
  closed: <MinusCircleOutlined />,
};

export function CaseStateName({ state }: { state: CaseState }) {
  const { t } = useTranslation();
  return (
    <span className={`${styles.state} ${styles[state] ?? ""}`}>
      {icons[state]}
      {t(`caseState.${state}`)}
    </span>
  );
}
