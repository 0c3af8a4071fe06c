import { Skeleton } from "antd";
import { useTranslation } from "react-i18next";
import { useAbout } from "../../../api/merchant";
import { Panel } from "../../../components/Panel/Panel";
import { Trouble } from "../../../components/Trouble/Trouble";
import { Card, SectionPage } from "../SectionPage";
import styles from "../Settings.module.css";

const engines = { sqlite: "SQLite", postgres: "PostgreSQL" } as const;

/** Which Pingxin this is, for a question to whoever runs it. */
export function AboutPage() {
  const { t } = useTranslation();
  const { data, isPending, error, refetch } = useAbout();
  return (
    <SectionPage of="about">
      <Trouble error={error} onRetry={() => void refetch()} />
      {isPending && <Skeleton active />}
      {data && (
        <Card>
          <Panel title={t("app.name")}>
            <dl className={styles.facts}>
              <dt>{t("about.version")}</dt>
              <dd>{data.version}</dd>
              <dt>{t("about.license")}</dt>
              <dd>{data.license}</dd>
              <dt>{t("about.engine")}</dt>
              <dd>{engines[data.engine]}</dd>
              <dt>{t("about.schema")}</dt>
              <dd>{data.schema}</dd>
              <dt>{t("about.model")}</dt>
              <dd>{data.model}</dd>
              <dt>{t("about.calendarYears")}</dt>
              <dd>{data.calendar_years.join(t("people.comma"))}</dd>
            </dl>
          </Panel>
        </Card>
      )}
    </SectionPage>
  );
}
