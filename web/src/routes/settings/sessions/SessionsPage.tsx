import { App, Button, Select, Skeleton } from "antd";
import { useTranslation } from "react-i18next";
import { useSearchParams } from "react-router";
import { usePeople } from "../../../api/people";
import { useMay, useMe } from "../../../api/session";
import { useRevokeOthers, useSessions } from "../../../api/sessions";
import { useAsk } from "../../../components/Ask/useAsk";
import { Trouble } from "../../../components/Trouble/Trouble";
import { Card, SectionPage } from "../SectionPage";
import { SessionTable } from "./SessionTable";

/** Where one is signed in; an owner may look at a colleague's. */
export function SessionsPage() {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const ask = useAsk();
  const { data: me } = useMe();
  const may = useMay("person.manage");
  const [params, setParams] = useSearchParams();
  const asked = may ? params.get("person") : null;
  const person = asked === me?.user.id ? null : asked;
  const { people } = usePeople(may);
  const { data, isPending, error, refetch } = useSessions(person);
  const revokeOthers = useRevokeOthers();
  const sessions = data?.sessions ?? [];
  const others = sessions.filter(({ current }) => !current).length;

  const askOthers = () =>
    ask({
      title: t("sessions.othersTitle"),
      text: t("sessions.othersText", { count: others }),
      ok: t("sessions.others"),
      onOk: () => revokeOthers.mutateAsync(undefined).then(() => message.success(t("sessions.othersDone"))),
    });
  const extra = (
    <>
      {may && (
        <Select
          aria-label={t("sessions.of")}
          value={person ?? me?.user.id}
          onChange={(id: string) => setParams(id === me?.user.id ? {} : { person: id }, { replace: true })}
          options={people.map(({ id, display_name }) => ({ value: id, label: display_name }))}
          showSearch={{ optionFilterProp: "label" }}
          style={{ width: 150 }}
        />
      )}
      {!person && others > 0 && <Button danger onClick={askOthers}>{t("sessions.others")}</Button>}
    </>
  );
  return (
    <SectionPage of="sessions" extra={extra}>
      <Trouble error={error} onRetry={() => void refetch()} />
      {isPending && <Skeleton active />}
      {data && <Card><SessionTable sessions={sessions} /></Card>}
    </SectionPage>
  );
}
