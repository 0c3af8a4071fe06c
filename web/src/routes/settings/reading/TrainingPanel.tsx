import { Alert, App, Button, Skeleton, Table, Tag } from "antd";
import { useTranslation } from "react-i18next";
import { useReading, useTrain } from "../../../api/reading";
import { useMay } from "../../../api/session";
import type { Training } from "../../../api/types";
import { busy } from "../../../components/Busy/busy";
import { Panel } from "../../../components/Panel/Panel";
import { Trouble } from "../../../components/Trouble/Trouble";
import { When } from "../../../components/When/When";
import { Card } from "../SectionPage";
import styles from "../Settings.module.css";

type Outcome = Training["outcomes"][number];

/** Training from corrections, and what came of each: both scores on the tenth that was kept back. */
export function TrainingPanel() {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const may = useMay("reading.manage");
  const { data, error, isPending, refetch } = useReading(may);
  const train = useTrain();
  const isRunning = Boolean(data?.running);
  const run = () => train.mutate(undefined, { onSuccess: () => void message.success(t("reading.begun")) });
  const button = <Button type="primary" onClick={run} loading={busy(train.isPending || isRunning)} disabled={isRunning || !data}>{t("reading.train")}</Button>;
  return (
    <Card>
      <Panel title={t("reading.learning")} extra={button}>
        <Trouble error={error ?? train.error} onRetry={error ? () => void refetch() : undefined} />
        {isPending && may && <Skeleton active paragraph={{ rows: 2 }} />}
        {data && <p className={styles.hint}>{t("reading.have", { count: data.corrections, fewest: data.fewest })}</p>}
        {isRunning && <Alert type="info" showIcon role="status" title={t("reading.running")} />}
        {data?.trainings.filter((one) => one.ended_at).map((one) => <Ended key={one.id} training={one} />)}
      </Panel>
    </Card>
  );
}

function Ended({ training }: { training: Training }) {
  const { t, i18n } = useTranslation();
  const share = (value: number) => new Intl.NumberFormat(i18n.language, { style: "percent", maximumFractionDigits: 1 }).format(value);
  return (
    <section aria-label={t("reading.trainingOf")}>
      <p className={styles.hint}><When at={training.ended_at} /> · {training.by?.name ?? t("corrections.atTheMachine")}</p>
      <Table<Outcome>
        size="small"
        rowKey="model"
        aria-label={t("reading.trainingOf")}
        pagination={false}
        dataSource={training.outcomes}
        columns={[
          { key: "model", title: t("reading.model"), render: (_, one) => t(`reading.modelName.${one.model}`) },
          { key: "told", title: t("reading.told"), align: "right", width: 110, render: (_, one) => one.told },
          { key: "held", title: t("reading.held"), align: "right", width: 90, render: (_, one) => one.held },
          { key: "before", title: t("reading.before"), align: "right", width: 100, render: (_, one) => (one.before ? <span title={one.before.name}>{share(one.before.share)}</span> : "–") },
          { key: "after", title: t("reading.after"), align: "right", width: 100, render: (_, one) => (one.after ? <span title={one.after.name}>{share(one.after.share)}</span> : "–") },
          {
            key: "outcome",
            title: t("reading.outcome"),
            render: (_, one) => {
              if (!one.after) return <span className={styles.quiet}>{t("reading.tooFew")}</span>;
              return one.used ? <Tag color="success">{t("reading.used")}</Tag> : <Tag>{t("reading.notBetter")}</Tag>;
            },
          },
        ]}
      />
    </section>
  );
}
