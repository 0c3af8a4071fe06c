import { TeamOutlined } from "@ant-design/icons";
import { App, Button, Skeleton, Table } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useMay } from "../../../api/session";
import { useDeleteTeam, useTeams } from "../../../api/teams";
import type { Team } from "../../../api/types";
import { useAsk } from "../../../components/Ask/useAsk";
import { Teach } from "../../../components/List/Teach";
import { Trouble } from "../../../components/Trouble/Trouble";
import { Card, SectionPage } from "../SectionPage";
import { actionsColumn } from "../actions";
import { TeamDialog } from "./TeamDialog";

export function TeamsPage() {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const ask = useAsk();
  const mayRead = useMay("person.read");
  const may = useMay("person.manage");
  const { data, isPending, error, refetch } = useTeams(mayRead);
  const remove = useDeleteTeam();
  const [edited, setEdited] = useState<Team | "new" | null>(null);
  const teams = data?.teams ?? [];
  const add = may && <Button onClick={() => setEdited("new")}>{t("teams.add")}</Button>;
  const askDelete = ({ id, name, members }: Team) =>
    ask({ title: t("teams.deleteTitle", { name }), text: t("teams.deleteText", { count: members.length }), ok: t("teams.delete"), onOk: () => remove.mutateAsync(id).then(() => message.success(t("teams.deleted", { name }))) });
  return (
    <SectionPage of="teams" extra={teams.length > 0 && add}>
      <Trouble error={error} onRetry={() => void refetch()} />
      {isPending && <Skeleton active />}
      {data && teams.length === 0 && <Teach icon={<TeamOutlined />} title={t("teams.none")} text={t("teams.noneNext")}>{add}</Teach>}
      {teams.length > 0 && (
        <Card>
          <Table<Team>
            size="small"
            rowKey="id"
            aria-label={t("settings.section.teams")}
            pagination={false}
            dataSource={teams}
            columns={[
              { key: "name", title: t("teams.name"), dataIndex: "name" },
              { key: "members", title: t("teams.members"), render: (_, team) => team.members.map(({ name }) => name).join(t("people.comma")) || "–" },
              ...(may
                ? [{
                    ...actionsColumn(t),
                    width: 150,
                    render: (_: unknown, team: Team) => (
                      <>
                        <Button type="link" size="small" aria-label={t("teams.editOf", { name: team.name })} onClick={() => setEdited(team)}>{t("settings.edit")}</Button>
                        <Button type="text" danger size="small" aria-label={t("teams.deleteOf", { name: team.name })} onClick={() => askDelete(team)}>{t("teams.delete")}</Button>
                      </>
                    ),
                  }]
                : []),
            ]}
          />
        </Card>
      )}
      {edited && <TeamDialog team={edited === "new" ? null : edited} onClose={() => setEdited(null)} />}
    </SectionPage>
  );
}
