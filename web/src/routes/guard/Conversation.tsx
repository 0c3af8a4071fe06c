import { Drawer, Skeleton } from "antd";
import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { useConversation } from "../../api/guard";
import type { ChatTurn } from "../../api/types";
import styles from "../../components/Guard/Guard.module.css";
import { GuardedText } from "../../components/Guard/GuardedText";
import { inLanguage } from "../../components/Guard/said";
import { GuardSeverityName } from "../../components/Guard/Severity";
import { Trouble } from "../../components/Trouble/Trouble";
import { When } from "../../components/When/When";

/** The conversation that a message stands in, opened at that turn. */
export function Conversation({ message, onClose }: { message: string | null; onClose: () => void }) {
  const { t } = useTranslation();
  const { data, error, refetch } = useConversation(message);
  return (
    <Drawer open={message !== null} onClose={onClose} title={t("guard.conversation")} size={560}>
      <Trouble error={error} onRetry={() => void refetch()} />
      {!data && !error && <Skeleton active paragraph={{ rows: 8 }} />}
      <ol className={styles.turns}>
        {data?.map((turn) => <Turn key={turn.id} of={turn} isAsked={turn.id === message} />)}
      </ol>
    </Drawer>
  );
}

function Turn({ of, isAsked }: { of: ChatTurn; isAsked: boolean }) {
  const { t, i18n } = useTranslation();
  const place = useRef<HTMLLIElement>(null);
  useEffect(() => {
    if (isAsked) place.current?.scrollIntoView({ block: "center" });
  }, [isAsked]);
  return (
    <li ref={place} className={styles.turn} data-wrong={of.findings.length > 0} aria-current={isAsked || undefined}>
      <span className={styles.quiet}>{of.speaker ?? (of.side ? t(`records.side.${of.side}`) : t("unknown"))} · <When at={of.at} /></span>
      <GuardedText text={of.text} findings={of.findings} />
      {of.findings.map((finding) => <p key={finding.rule} className={styles.line}><GuardSeverityName of={finding.severity} />{inLanguage(finding.why, i18n.language)} <span className={styles.quiet}>{finding.rule}</span></p>)}
    </li>
  );
}
