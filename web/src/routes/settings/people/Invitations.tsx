import { App, Button, Table } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useResendInvitation, useRevokeInvitation } from "../../../api/people";
import type { Invitation, Link } from "../../../api/types";
import { useAsk } from "../../../components/Ask/useAsk";
import { Panel } from "../../../components/Panel/Panel";
import { When } from "../../../components/When/When";
import { explain } from "../../../components/Trouble/explain";
import styles from "../Settings.module.css";
import { LinkDialog } from "./LinkDialog";
import { actionsColumn } from "../actions";
import { Reach, RoleName } from "./Reach";

/** Links that nobody has used yet. */
export function Invitations({ invitations }: { invitations: Invitation[] }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const ask = useAsk();
  const resend = useResendInvitation();
  const revoke = useRevokeInvitation();
  const [sent, setSent] = useState<{ link: Link; name: string } | null>(null);

  const again = ({ id, display_name: name }: Invitation) =>
    resend.mutate(id, { onSuccess: (link) => setSent({ link, name }), onError: (error) => void message.error(explain(error, t)) });
  const askRevoke = ({ id, display_name: name }: Invitation) =>
    ask({ title: t("people.revokeTitle", { name }), text: t("people.revokeText"), ok: t("people.revoke"), onOk: () => revoke.mutateAsync(id).then(() => message.success(t("people.revoked", { name }))) });
  return (
    <Panel title={t("people.invited")}>
      <Table<Invitation>
        size="small"
        rowKey="id"
        aria-label={t("people.invited")}
        pagination={false}
        dataSource={invitations}
        columns={[
          { key: "name", title: t("people.name"), render: (_, each) => <>{each.display_name}{each.created_by && <span className={styles.under}>{t("people.invitedBy", { name: each.created_by.name })}</span>}</> },
          { key: "role", title: t("people.role"), render: (_, each) => <><RoleName of={each} /><span className={styles.under}><Reach of={each} /></span></> },
          { key: "until", title: t("people.until"), responsive: ["sm"], render: (_, each) => <When at={each.expires_at} /> },
          {
            ...actionsColumn(t),
            render: (_, each) => (
              <>
                <Button type="link" size="small" aria-label={t("people.resendOf", { name: each.display_name })} onClick={() => again(each)}>{t("people.resend")}</Button>
                <Button type="text" danger size="small" aria-label={t("people.revokeOf", { name: each.display_name })} onClick={() => askRevoke(each)}>{t("people.revoke")}</Button>
              </>
            ),
          },
        ]}
      />
      <LinkDialog kind="invitation" name={sent?.name ?? ""} link={sent?.link ?? null} onClose={() => setSent(null)} />
    </Panel>
  );
}
