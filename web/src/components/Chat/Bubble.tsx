import { Tag, Tooltip } from "antd";
import { useTranslation } from "react-i18next";
import type { ChatMessage } from "../../api/types";
import { exactTime } from "../../format/time";
import styles from "./Chat.module.css";
import { piecesOf } from "./days";

interface Props {
  of: ChatMessage;
  zone: string | undefined;
  /** What is being looked for. */
  typed: string;
  /** It is about another order, which is named. */
  tag: boolean;
}

/** One message: the buyer's on the left, the shop's on the right, the platform's in the middle. */
export function Bubble({ of, zone, typed, tag }: Props) {
  const { t, i18n } = useTranslation();
  const at = new Date(of.at);
  const side = of.side ?? "unknown";
  const clock = new Intl.DateTimeFormat(i18n.language, { timeZone: zone, hour: "2-digit", minute: "2-digit", hourCycle: "h23" }).format(at);
  const speaker = of.speaker ?? (of.side ? t(`records.side.${of.side}`) : t("records.someone"));
  return (
    <div className={`${styles.message} ${styles[side] ?? ""}`}>
      <p className={styles.who}>
        <span className={styles.speaker} title={speaker}>{speaker}</span>
        <Tooltip title={exactTime(at, i18n.language, zone)}><time dateTime={of.at}>{clock}</time></Tooltip>
        {tag && <Tag variant="filled">{t("records.ofOrder", { number: of.order_number })}</Tag>}
      </p>
      <p className={styles.bubble}>{piecesOf(of.text, typed).map(({ text, found }, index) => (found ? <mark key={index}>{text}</mark> : text))}</p>
    </div>
  );
}
