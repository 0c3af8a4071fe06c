import { Skeleton } from "antd";
import { useTranslation } from "react-i18next";
import { useAbout } from "../../../api/merchant";
import { Panel } from "../../../components/Panel/Panel";
import { Trouble } from "../../../components/Trouble/Trouble";
import { Card, SectionPage } from "../SectionPage";
import styles from "../Settings.module.css";

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
            </dl>
          </Panel>
        </Card>
      )}
    </SectionPage>
  );
}
