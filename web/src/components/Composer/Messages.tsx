import { CheckCircleOutlined, ClockCircleOutlined } from "@ant-design/icons";
import { useTranslation } from "react-i18next";
import { useCaseMessages } from "../../api/scripts";
import { When } from "../When/When";
import styles from "./Composer.module.css";

const most = 5;

/** The last messages that were copied: claimed by the agent until a chat log tells of them. */
export function Messages({ id, shop }: { id: string; shop: string }) {
  const { t } = useTranslation();
  const { data } = useCaseMessages(id);
  if (!data || data.length === 0) return null;
  return (
    <ul className={styles.messages} aria-label={t("composer.messages")}>
      {data.slice(0, most).map((message) => (
        <li key={message.id}>
          <p className={styles.said}>{message.text}</p>
          <p className={styles.quiet}>
            {t(`guard.channel.${message.channel}`)} · {message.claimed_by?.name ?? t("cases.system")} · <When at={message.claimed_at} shop={shop} /> ·{" "}
            {message.confirmed_at ? (
              <span className={styles.confirmed}><CheckCircleOutlined aria-hidden="true" /> {t("composer.confirmed")} <When at={message.confirmed_at} shop={shop} /></span>
            ) : (
              <span className={styles.claimed}><ClockCircleOutlined aria-hidden="true" /> {t("composer.claimed")}</span>
            )}
          </p>
        </li>
      ))}
    </ul>
  );
}
