import { PhoneOutlined } from "@ant-design/icons";
import { useTranslation } from "react-i18next";
import type { Call } from "../../api/types";
import { When } from "../When/When";
import styles from "./Records.module.css";

/** Calls with the buyer. */
export function Calls({ calls, shop }: { calls: Call[]; shop: string }) {
  const { t } = useTranslation();
  const length = (seconds: number) =>
    seconds < 60 ? t("records.seconds", { seconds }) : t("records.minutes", { minutes: Math.floor(seconds / 60), seconds: seconds % 60 });
  return (
    <ul className={styles.list}>
      {calls.map((of) => (
        <li key={of.id}>
          <p className={styles.head}>
            <span>
              <PhoneOutlined aria-hidden="true" /> {[of.direction && t(`callDirection.${of.direction}`), of.result && t(`callResult.${of.result}`)].filter(Boolean).join(" · ") || t("unknown")}
            </span>
            {of.seconds !== null && of.seconds > 0 && <span className={styles.quiet}>{length(of.seconds)}</span>}
            {of.agent && <span className={styles.quiet}>{of.agent}</span>}
            <span className={styles.quiet}><When at={of.at} shop={shop} /></span>
          </p>
          {of.note && <p className={styles.said}>{of.note}</p>}
        </li>
      ))}
    </ul>
  );
}
