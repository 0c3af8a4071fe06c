import { App, Button, Table, Tag } from "antd";
import { useTranslation } from "react-i18next";
import { useReading, useUseModel } from "../../../api/reading";
import { useMay } from "../../../api/session";
import type { ModelVersion } from "../../../api/types";
import { Panel } from "../../../components/Panel/Panel";
import { Trouble } from "../../../components/Trouble/Trouble";
import { When } from "../../../components/When/When";
import { actionsColumn } from "../actions";
import { Card } from "../SectionPage";
import styles from "../Settings.module.css";

/** Every version of the text models; one of each is in use. */
export function ModelsPanel() {
  const { t, i18n } = useTranslation();
  const { message } = App.useApp();
  const may = useMay("reading.manage");
  const { data } = useReading(may);
  const use = useUseModel();
  // Where only the shipped ones are there is nothing to choose.
  const versions = data?.versions ?? [];
  if (versions.every((one) => one.shipped)) return null;
  const share = (value: number) => new Intl.NumberFormat(i18n.language, { style: "percent", maximumFractionDigits: 1 }).format(value);
  return (
    <Card>
      <Panel title={t("reading.versions")}>
        <p className={styles.hint}>{t("reading.versionsHelp")}</p>
        <Trouble error={use.error} />
        <Table<ModelVersion>
          size="small"
          rowKey="name"
          aria-label={t("reading.versions")}
          pagination={false}
          dataSource={versions}
          columns={[
            { key: "name", title: t("reading.version"), render: (_, one) => <>{one.name} {one.in_use && <Tag color="success">{t("reading.inUse")}</Tag>}</> },
            { key: "origin", title: t("reading.origin"), render: (_, one) => (one.shipped ? t("reading.shipped") : t("reading.ownOf", { count: one.taught ?? 0 })) },
            { key: "share", title: t("reading.after"), align: "right", width: 100, render: (_, one) => (one.share === null ? "–" : share(one.share)) },
            { key: "at", title: t("reading.made"), width: 120, render: (_, one) => <When at={one.created_at} /> },
            {
              ...actionsColumn(t),
              width: 100,
              render: (_, one) => !one.in_use && <Button type="link" size="small" disabled={use.isPending} aria-label={t("reading.useOf", { name: one.name })} onClick={() => use.mutate(one.name, { onSuccess: () => void message.success(t("reading.usedNow", { name: one.name })) })}>{t("reading.use")}</Button>,
            },
          ]}
        />
      </Panel>
    </Card>
  );
}
