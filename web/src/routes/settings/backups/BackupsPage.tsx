import { DatabaseOutlined } from "@ant-design/icons";
import { Alert, App, Button, Skeleton, Table } from "antd";
import { useTranslation } from "react-i18next";
import { useBackups, useMakeBackup } from "../../../api/backups";
import { useMay } from "../../../api/session";
import type { Backup } from "../../../api/types";
import { busy } from "../../../components/Busy/busy";
import { Teach } from "../../../components/List/Teach";
import { Trouble } from "../../../components/Trouble/Trouble";
import { When } from "../../../components/When/When";
import { formatBytes } from "../../../format/number";
import { Card, SectionPage } from "../SectionPage";
import { actionsColumn } from "../actions";
import styles from "../Settings.module.css";

export function BackupsPage() {
  const { t, i18n } = useTranslation();
  const { message } = App.useApp();
  const may = useMay("backup.manage");
  const { data, isPending, error, refetch } = useBackups(may);
  const make = useMakeBackup();
  const backups = data?.backups ?? [];
  const isRunning = Boolean(data?.running);
  const run = () => make.mutate(undefined, { onSuccess: () => void message.success(t("backups.begun")) });
  const button = <Button type="primary" onClick={run} loading={busy(make.isPending || isRunning)} disabled={isRunning}>{t("backups.make")}</Button>;
  return (
    <SectionPage of="backups" extra={backups.length > 0 && button}>
      <Trouble error={error ?? make.error} onRetry={error ? () => void refetch() : undefined} />
      {isPending && may && <Skeleton active />}
      {data && !isRunning && backups.length === 0 && <Teach icon={<DatabaseOutlined />} title={t("backups.none")} text={t("backups.noneNext")}>{button}</Teach>}
      {isRunning && <Alert type="info" showIcon role="status" title={t("backups.running")} />}
      {backups.length > 0 && (
        <Card>
          <Table<Backup>
            size="small"
            rowKey="name"
            aria-label={t("settings.section.backups")}
            pagination={false}
            dataSource={backups}
            columns={[
              { key: "at", title: t("backups.at"), render: (_, backup) => <><When at={backup.created_at} /><span className={styles.under}>{backup.name}</span></> },
              { key: "size", title: t("backups.size"), align: "right", width: 120, render: (_, backup) => formatBytes(backup.bytes, i18n.language) },
              {
                ...actionsColumn(t),
                width: 100,
                render: (_, { name }) => <Button type="link" size="small" href={`/api/v1/backups/${encodeURIComponent(name)}`} download={name} aria-label={t("backups.downloadOf", { name })}>{t("backups.download")}</Button>,
              },
            ]}
          />
        </Card>
      )}
      <p className={styles.hint}>{t("backups.restore")} <code>pingxin restore</code></p>
    </SectionPage>
  );
}
