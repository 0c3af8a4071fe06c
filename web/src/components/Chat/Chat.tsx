import { MessageOutlined } from "@ant-design/icons";
import { Input } from "antd";
import { useLayoutEffect, useMemo, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { ChatMessage } from "../../api/types";
import { useMay } from "../../api/session";
import { useZoneOf } from "../../api/shops";
import { LinkButton } from "../LinkButton/LinkButton";
import { Bubble } from "./Bubble";
import styles from "./Chat.module.css";
import { daysOf, searched } from "./days";

/** From how many messages on a chat is worth searching. */
const many = 30;

/** A message of another order than the one before it, or than the case. */
function isOther({ order_number }: ChatMessage, before: string | null): boolean {
  return order_number !== null && order_number !== before;
}

interface Props {
  messages: ChatMessage[];
  /** There are older ones that did not come. */
  more: boolean;
  shop: string;
  /** The order of the case: messages of another one say so. */
  order: string | null;
}

/** The chat with a buyer, oldest first, opened at its end. */
export function Chat({ messages, more, shop, order }: Props) {
  const { t, i18n } = useTranslation();
  const zone = useZoneOf()(shop);
  const [typed, setTyped] = useState("");
  const log = useRef<HTMLDivElement>(null);
  const found = useMemo(() => searched(messages, typed), [messages, typed]);
  const days = useMemo(() => daysOf(found, zone), [found, zone]);
  useLayoutEffect(() => {
    if (log.current) log.current.scrollTop = log.current.scrollHeight;
  }, [messages]);
  if (messages.length === 0) return <NoChat />;
  const dayName = new Intl.DateTimeFormat(i18n.language, { timeZone: zone, month: "long", day: "numeric", weekday: "short", year: "numeric" });
  return (
    <div className={styles.chat}>
      {messages.length > many && (
        <div className={styles.find}>
          <Input.Search allowClear value={typed} onChange={(event) => setTyped(event.target.value)} placeholder={t("records.search")} aria-label={t("records.search")} size="small" />
          {typed.trim() && <span className={styles.quiet} role="status">{t("records.found", { count: found.length })}</span>}
        </div>
      )}
      <div ref={log} className={styles.log} role="log" aria-label={t("records.chat")} tabIndex={0}>
        {more && <p className={styles.note}>{t("records.more")}</p>}
        {found.length === 0 && <p className={styles.note}>{t("records.notFound", { words: typed.trim() })}</p>}
        {days.map(({ day, messages: of }) => (
          <section key={day} className={styles.day} aria-label={day}>
            <p className={styles.separator}><span>{dayName.format(new Date(of[0]?.at ?? day))}</span></p>
            {of.map((message, index) => (
              <Bubble key={message.id} of={message} zone={zone} typed={typed} tag={isOther(message, of[index - 1]?.order_number ?? order)} />
            ))}
          </section>
        ))}
      </div>
    </div>
  );
}

function NoChat() {
  const { t } = useTranslation();
  const may = useMay("import.create");
  return (
    <div className={styles.empty}>
      <MessageOutlined className={styles.icon} aria-hidden="true" />
      <div>
        <p className={styles.title}>{t("records.chatEmpty")}</p>
        <p className={styles.quiet}>{t("records.chatEmptyNext")}</p>
        {may && <LinkButton to="/imports" size="small">{t("records.chatEmptyGo")}</LinkButton>}
      </div>
    </div>
  );
}
