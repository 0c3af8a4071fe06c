import { LockOutlined } from "@ant-design/icons";
import { Result } from "antd";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useMe } from "../../api/session";
import { useTitle } from "../../components/Frame/useTitle";
import { LinkButton } from "../../components/LinkButton/LinkButton";
import { sections } from "./sections";
import styles from "./Settings.module.css";

interface Props {
  of: string;
  /** What can be done here as a whole: a button beside the title. */
  extra?: ReactNode;
  children: ReactNode;
}

/** One part of the settings. Who may not use it is told who may. */
export function SectionPage({ of, extra, children }: Props) {
  const { t } = useTranslation();
  const { data: me } = useMe();
  const section = sections.find(({ key }) => key === of);
  const name = t(`settings.section.${of}`);
  useTitle(name);
  const isOpen = !section?.needs || me?.permissions.includes(section.needs);
  return (
    <div className={styles.page}>
      <div className={styles.head}>
        <h1>{name}</h1>
        {isOpen && extra}
      </div>
      {isOpen ? (
        <>
          <p className={styles.lead}>{t(`settings.lead.${of}`)}</p>
          <div className={styles.parts}>{children}</div>
        </>
      ) : (
        <Result
          icon={<LockOutlined />}
          title={t(`settings.who.${section?.who ?? "owner"}`)}
          subTitle={t("settings.notYours", { role: t(`role.${me?.user.role ?? "read_only"}`) })}
          extra={<LinkButton to="/settings/me">{t("settings.toOwn")}</LinkButton>}
        />
      )}
    </div>
  );
}

/** A closed frame around one thing of a section. */
export function Card({ children }: { children: ReactNode }) {
  return <div className={styles.card}>{children}</div>;
}
