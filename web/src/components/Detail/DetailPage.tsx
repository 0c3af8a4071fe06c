import { ArrowLeftOutlined } from "@ant-design/icons";
import { Skeleton } from "antd";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import { asLeft } from "../Frame/useScroll";
import { useTitle } from "../Frame/useTitle";
import { useKeys } from "../Keys/useKeys";
import { LinkButton } from "../LinkButton/LinkButton";
import { Trouble } from "../Trouble/Trouble";
import styles from "./Detail.module.css";

interface Props {
  title: string;
  /** The list this belongs to. */
  back: string;
  facts?: ReactNode;
  /** Nothing yet: its shape is shown instead. */
  ready: boolean;
  error: unknown;
  onRetry: () => void;
  left: ReactNode;
  right: ReactNode;
}

/** The page of one order, buyer or product: what it is about on the left, what belongs to it on the right. */
export function DetailPage({ title, back, facts, ready, error, onRetry, left, right }: Props) {
  const { t } = useTranslation();
  const go = useNavigate();
  useTitle(title);
  useKeys({ Escape: () => void go(back, { state: asLeft }) });
  if (error && !ready) return <Trouble page error={error} onRetry={onRetry} />;
  return (
    <div className={styles.page} aria-busy={!ready}>
      <header className={styles.head}>
        <LinkButton to={back} state={asLeft} type="text" icon={<ArrowLeftOutlined />} aria-label={t("cases.back")} />
        <h1 title={title}>{title}</h1>
        {facts}
      </header>
      <div className={styles.columns}>
        <div className={styles.column}>{ready ? left : <div className={styles.pad}><Skeleton active paragraph={{ rows: 8 }} /></div>}</div>
        <div className={styles.column}>{ready ? right : <div className={styles.pad}><Skeleton active paragraph={{ rows: 5 }} /></div>}</div>
      </div>
    </div>
  );
}
