import { DisconnectOutlined } from "@ant-design/icons";
import { useQueryClient } from "@tanstack/react-query";
import { Button } from "antd";
import { useEffect, useSyncExternalStore } from "react";
import { useTranslation } from "react-i18next";
import { isReachable, onReachable } from "../../api/reachable";
import styles from "./Banner.module.css";

/** While the server does not answer: says so, and knocks every five seconds. */
export function OfflineBanner() {
  const { t } = useTranslation();
  const client = useQueryClient();
  const reachable = useSyncExternalStore(onReachable, isReachable);
  useEffect(() => {
    if (reachable) return;
    const timer = setInterval(() => void client.refetchQueries({ queryKey: ["summary"] }), 5_000);
    return () => {
      clearInterval(timer);
      void client.invalidateQueries();
    };
  }, [client, reachable]);
  if (reachable) return null;
  return (
    <div className={styles.offline} role="alert">
      <DisconnectOutlined />
      <span className={styles.text}>{t("trouble.offline")}</span>
      <Button size="small" onClick={() => void client.refetchQueries({ queryKey: ["summary"] })}>{t("action.retry")}</Button>
    </div>
  );
}
