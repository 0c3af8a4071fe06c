import { CheckOutlined } from "@ant-design/icons";
import { Table, Tag } from "antd";
import { useTranslation } from "react-i18next";
import type { Person } from "../../../api/types";
import { useMe } from "../../../api/session";
import { When } from "../../../components/When/When";
import styles from "../Settings.module.css";
import { inOrder } from "./access";
import { PersonActions } from "./PersonActions";
import { actionsColumn } from "../actions";
import { Reach, RoleName } from "./Reach";

/** Who is in the team. The second step and the last visit are for the owner to see. */
export function PeopleTable({ people, mayManage }: { people: Person[]; mayManage: boolean }) {
  const { t } = useTranslation();
  const { data: me } = useMe();
  return (
    <Table<Person>
      size="small"
      rowKey="id"
      aria-label={t("settings.section.people")}
      pagination={false}
      dataSource={inOrder(people)}
      rowClassName={(person) => (person.disabled_at ? (styles.gone ?? "") : "")}
      columns={[
        {
          key: "name",
          title: t("people.name"),
          render: (_, person) => (
            <>
              {person.display_name}
              {person.id === me?.user.id && ` ${t("people.you")}`}
              {person.disabled_at && <> <Tag>{t("people.disabled")}</Tag></>}
              <span className={styles.under}>{person.login}</span>
            </>
          ),
        },
        { key: "role", title: t("people.role"), render: (_, person) => <><RoleName of={person} /><span className={`${styles.under} ${styles.narrow}`}><Reach of={person} /></span></> },
        { key: "shops", title: t("people.shops"), responsive: ["md"], render: (_, person) => <Reach of={person} /> },
        ...(mayManage
          ? [
              { key: "totp", title: t("people.totp"), responsive: ["lg" as const], render: (_: unknown, person: Person) => (person.totp ? <><CheckOutlined /> {t("people.totpOn")}</> : t("people.totpOff")) },
              { key: "seen", title: t("people.seen"), responsive: ["lg" as const], render: (_: unknown, person: Person) => <When at={person.last_seen_at} /> },
              {
                ...actionsColumn(t),
                width: 64,
                render: (_: unknown, person: Person) => <PersonActions person={person} people={people} />,
              },
            ]
          : []),
      ]}
    />
  );
}
