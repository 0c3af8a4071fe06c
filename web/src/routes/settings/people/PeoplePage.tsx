import { Button, Skeleton } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { usePeople } from "../../../api/people";
import type { Link } from "../../../api/types";
import { useMay } from "../../../api/session";
import { Trouble } from "../../../components/Trouble/Trouble";
import { Card, SectionPage } from "../SectionPage";
import { Invitations } from "./Invitations";
import { InviteDialog } from "./InviteDialog";
import { LinkDialog } from "./LinkDialog";
import { PeopleTable } from "./PeopleTable";

export function PeoplePage() {
  const { t } = useTranslation();
  const mayRead = useMay("person.read");
  const may = useMay("person.manage");
  const { people, invitations, isPending, error, refetch } = usePeople(mayRead);
  const [inviting, setInviting] = useState(false);
  const [sent, setSent] = useState<{ link: Link; name: string } | null>(null);
  return (
    <SectionPage of="people" extra={may && <Button type="primary" onClick={() => setInviting(true)}>{t("people.invite")}</Button>}>
      <Trouble error={error} onRetry={() => void refetch()} />
      {isPending && <Skeleton active />}
      {people.length > 0 && <Card><PeopleTable people={people} mayManage={may} /></Card>}
      {may && invitations.length > 0 && <Card><Invitations invitations={invitations} /></Card>}
      {inviting && (
        <InviteDialog
          onClose={() => setInviting(false)}
          onInvited={(link, name) => {
            setInviting(false);
            setSent({ link, name });
          }}
        />
      )}
      <LinkDialog kind="invitation" name={sent?.name ?? ""} link={sent?.link ?? null} onClose={() => setSent(null)} />
    </SectionPage>
  );
}
