import { ApiOutlined } from "@ant-design/icons";
import { App, Button, Skeleton, Table } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useMay, useMe } from "../../../api/session";
import { useDeleteToken, useTokens } from "../../../api/tokens";
import type { Token } from "../../../api/types";
import { useAsk } from "../../../components/Ask/useAsk";
import { Teach } from "../../../components/List/Teach";
import { OnceDialog } from "../../../components/Once/OnceDialog";
import { Trouble } from "../../../components/Trouble/Trouble";
import { When } from "../../../components/When/When";
import { Card, SectionPage } from "../SectionPage";
import styles from "../Settings.module.css";
import { actionsColumn } from "../actions";
import { TokenDialog } from "./TokenDialog";

export function TokensPage() {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const ask = useAsk();
  const { data: me } = useMe();
  const may = useMay("token.use");
  const { data, isPending, error, refetch } = useTokens(may);
  const remove = useDeleteToken();
  const [making, setMaking] = useState(false);
  const [made, setMade] = useState<{ token: string; name: string } | null>(null);
  const tokens = data?.tokens ?? [];
  const add = <Button onClick={() => setMaking(true)}>{t("tokens.add")}</Button>;
  const askDelete = ({ id, name }: Token) =>
    ask({ title: t("tokens.deleteTitle", { name }), text: t("tokens.deleteText"), ok: t("tokens.delete"), onOk: () => remove.mutateAsync(id).then(() => message.success(t("tokens.deleted", { name }))) });
  return (
    <SectionPage of="tokens" extra={tokens.length > 0 && add}>
      <Trouble error={error} onRetry={() => void refetch()} />
      {isPending && may && <Skeleton active />}
      {data && tokens.length === 0 && <Teach icon={<ApiOutlined />} title={t("tokens.none")} text={t("tokens.noneNext")}>{add}</Teach>}
      {tokens.length > 0 && (
        <Card>
          <Table<Token>
            size="small"
            rowKey="id"
            aria-label={t("settings.section.tokens")}
            pagination={false}
            dataSource={tokens}
            columns={[
              { key: "name", title: t("tokens.name"), render: (_, token) => <>{token.name}{token.person.id !== me?.user.id && <span className={styles.under}>{token.person.name}</span>}</> },
              { key: "may", title: t("tokens.may"), responsive: ["md"], render: (_, token) => token.permissions.map((code) => t(`permission.${code}`)).join(t("people.comma")) },
              { key: "used", title: t("tokens.used"), responsive: ["sm"], render: (_, token) => (token.last_used_at ? <When at={token.last_used_at} /> : t("tokens.never")) },
              { key: "until", title: t("tokens.until"), render: (_, token) => <When at={token.expires_at} /> },
              {
                ...actionsColumn(t),
                width: 90,
                render: (_, token) => <Button type="text" danger size="small" aria-label={t("tokens.deleteOf", { name: token.name })} onClick={() => askDelete(token)}>{t("tokens.delete")}</Button>,
              },
            ]}
          />
        </Card>
      )}
      {making && <TokenDialog onClose={() => setMaking(false)} onMade={(token) => { setMaking(false); setMade(token); }} />}
      <OnceDialog title={t("tokens.madeTitle", { name: made?.name ?? "" })} label={t("tokens.token")} text={made?.token ?? null} note={t("tokens.madeNote")} onClose={() => setMade(null)} />
    </SectionPage>
  );
}
