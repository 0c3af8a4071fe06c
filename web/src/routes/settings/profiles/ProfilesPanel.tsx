import { UploadOutlined } from "@ant-design/icons";
import { App, Button, Skeleton, Table, Upload } from "antd";
import { useTranslation } from "react-i18next";
import { useCreateProfile, useDeleteProfile, useProfiles } from "../../../api/profiles";
import { useMay } from "../../../api/session";
import type { ImportProfile } from "../../../api/types";
import { busy } from "../../../components/Busy/busy";
import { Panel } from "../../../components/Panel/Panel";
import { Trouble } from "../../../components/Trouble/Trouble";
import { profileIn } from "./profileIn";
import styles from "../Settings.module.css";

/** Saved ways to read a file: taken out, brought in, deleted. */
export function ProfilesPanel() {
  const { t } = useTranslation();
  const { message, modal } = App.useApp();
  const may = useMay("import.create");
  const { profiles, isPending, error, refetch } = useProfiles();
  const create = useCreateProfile();
  const remove = useDeleteProfile();
  const saved = profiles.filter(({ built_in }) => !built_in);

  const bring = async (file: File) => {
    const profile = profileIn(await file.text());
    if (!profile) return void message.error(t("profiles.notOne"));
    create.mutate(profile, { onSuccess: ({ name }) => void message.success(t("profiles.imported", { name })) });
  };
  const ask = ({ id, name }: ImportProfile) =>
    modal.confirm({
      title: t("profiles.deleteTitle", { name }),
      content: t("profiles.deleteText"),
      okText: t("profiles.delete"),
      okButtonProps: { danger: true },
      cancelText: t("action.cancel"),
      onOk: () => id && remove.mutateAsync(id).then(() => message.success(t("profiles.deleted", { name })), () => undefined),
    });
  const bringButton = may && (
    <Upload accept=".json" showUploadList={false} beforeUpload={(file) => { void bring(file); return false; }}>
      <Button size="small" icon={<UploadOutlined />} loading={busy(create.isPending)}>{t("profiles.import")}</Button>
    </Upload>
  );
  return (
    <Panel title={t("profiles.title")} extra={bringButton}>
      <Trouble error={error} onRetry={() => void refetch()} />
      <Trouble error={create.error ?? remove.error} />
      {isPending && <Skeleton active paragraph={{ rows: 2 }} />}
      {!isPending && !error && <p className={styles.hint}>{saved.length === 0 && <b>{t("profiles.none")} · </b>}{t("profiles.hint")}</p>}
      {saved.length > 0 && (
        <Table<ImportProfile>
          size="small"
          rowKey="name"
          aria-label={t("profiles.title")}
          pagination={false}
          dataSource={saved}
          columns={[
            { key: "name", title: t("profiles.name"), dataIndex: "name" },
            { key: "kind", title: t("profiles.kind"), width: "24%", render: (_, { kind }) => (kind ? t(`importKind.${kind}`) : "–") },
            {
              key: "actions",
              title: t("profiles.actions"),
              width: 170,
              align: "right",
              render: (_, profile) => (
                <>
                  <Button type="link" size="small" href={`/api/v1/import-profiles/${profile.id}`} download={`${profile.name}.json`} aria-label={t("profiles.exportOne", { name: profile.name })}>{t("profiles.export")}</Button>
                  {may && <Button type="text" size="small" danger aria-label={t("profiles.deleteOne", { name: profile.name })} onClick={() => ask(profile)}>{t("profiles.delete")}</Button>}
                </>
              ),
            },
          ]}
        />
      )}
    </Panel>
  );
}
