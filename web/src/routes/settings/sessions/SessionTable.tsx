import { App, Button, Table, Tag } from "antd";
import { useTranslation } from "react-i18next";
import { useRevokeSession } from "../../../api/sessions";
import type { Session } from "../../../api/types";
import { useAsk } from "../../../components/Ask/useAsk";
import { When } from "../../../components/When/When";
import styles from "../Settings.module.css";
import { actionsColumn } from "../actions";
import { deviceOf } from "./device";

export function SessionTable({ sessions }: { sessions: Session[] }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const ask = useAsk();
  const revoke = useRevokeSession();
  const nameOf = (session: Session) => deviceOf(session.user_agent) ?? t("sessions.unknown");
  const askRevoke = (session: Session) =>
    ask({
      title: t("sessions.revokeTitle", { device: nameOf(session) }),
      text: t("sessions.revokeText"),
      ok: t("sessions.revoke"),
      onOk: () => revoke.mutateAsync(session.id).then(() => message.success(t("sessions.revoked"))),
    });
  return (
    <Table<Session>
      size="small"
      rowKey="id"
      aria-label={t("settings.section.sessions")}
      pagination={false}
      dataSource={sessions}
      locale={{ emptyText: t("sessions.none") }}
      columns={[
        {
          key: "device",
          title: t("sessions.device"),
          render: (_, session) => (
            <>
              {nameOf(session)} {session.current && <Tag color="green">{t("sessions.current")}</Tag>}
              <span className={styles.under} title={session.user_agent ?? undefined}>{t("sessions.since")} <When at={session.created_at} /></span>
            </>
          ),
        },
        { key: "seen", title: t("sessions.seen"), render: (_, session) => <When at={session.last_seen_at} /> },
        { key: "until", title: t("sessions.until"), responsive: ["md"], render: (_, session) => <When at={session.expires_at} /> },
        {
          ...actionsColumn(t),
          width: 90,
          render: (_, session) =>
            !session.current && <Button type="text" danger size="small" aria-label={t("sessions.revokeOf", { device: nameOf(session) })} onClick={() => askRevoke(session)}>{t("sessions.revoke")}</Button>,
        },
      ]}
    />
  );
}
