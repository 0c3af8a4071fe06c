import { PlaySquareOutlined, WarningOutlined } from "@ant-design/icons";
import { App, Button, Form, Input, Modal, Skeleton, Switch, Table, Tag } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useDeleteMacro, useMacros, useRestoreMacro, useSaveMacro } from "../../../api/automation";
import { afterwards } from "../../../api/change";
import { useMay } from "../../../api/session";
import type { KeptMacro, MacroBody } from "../../../api/types";
import { busy } from "../../../components/Busy/busy";
import { useUndo } from "../../../components/Keys/useUndo";
import { Teach } from "../../../components/List/Teach";
import { Trouble } from "../../../components/Trouble/Trouble";
import { Card } from "../SectionPage";
import { actionsColumn } from "../actions";
import { Actions } from "./Actions";
import { isWhole, variables } from "./rule";
import { useAutomationText } from "./useAutomationText";

/** Saved actions that are run on a case or on chosen ones of the list: one's own and everybody's. */
export function Macros() {
  const { t } = useTranslation();
  const [mayOwn, mayShare] = [useMay("case.handle"), useMay("automation.manage")];
  const { data, error, refetch } = useMacros();
  const [remove, restore] = [useDeleteMacro(), useRestoreMacro()];
  const [edited, setEdited] = useState<string | null>(null);
  const offer = useUndo();
  const text = useAutomationText();
  const macros = data?.macros ?? [];
  const add = mayOwn && <Button type="primary" onClick={() => setEdited("new")}>{t("automation.addMacro")}</Button>;
  const drop = ({ id, name }: KeptMacro) => afterwards(remove.mutateAsync(id), () => offer(t("automation.deleted", { name }), () => restore.mutate(id)));
  return (
    <>
      <Trouble error={error ?? remove.error ?? restore.error} onRetry={error ? () => void refetch() : undefined} />
      {!data && !error && <Skeleton active />}
      {data && macros.length === 0 && <Teach icon={<PlaySquareOutlined />} title={t("automation.noMacros")} text={t("automation.noMacrosNext")}>{add}</Teach>}
      {macros.length > 0 && (
        <>
          <p>{add}</p>
          <Card>
            <Table<KeptMacro>
              size="small"
              rowKey="id"
              aria-label={t("automation.tab.macros")}
              pagination={false}
              dataSource={macros}
              columns={[
                { key: "name", title: t("automation.name"), render: (_, macro) => <>{macro.name}{macro.missing.length > 0 && <> <Tag color="error" icon={<WarningOutlined />}>{t("automation.broken", { what: text.missing(macro.missing) })}</Tag></>}</> },
                { key: "shared", title: t("automation.whose"), width: 100, render: (_, macro) => t(macro.shared ? "automation.everybodys" : "automation.mine") },
                { key: "do", title: t("automation.do"), render: (_, macro) => text.actions(macro.actions) },
                {
                  ...actionsColumn(t),
                  width: 140,
                  render: (_: unknown, macro: KeptMacro) => (macro.shared ? mayShare : mayOwn) && (
                    <>
                      <Button type="link" size="small" aria-label={t("assignment.editOf", { name: macro.name })} onClick={() => setEdited(macro.id)}>{t("settings.edit")}</Button>
                      <Button type="text" danger size="small" aria-label={t("assignment.deleteOf", { name: macro.name })} onClick={() => drop(macro)}>{t("assignment.delete")}</Button>
                    </>
                  ),
                },
              ]}
            />
          </Card>
        </>
      )}
      {edited !== null && <MacroDialog key={edited} kept={macros.find(({ id }) => id === edited) ?? null} mayShare={mayShare} onClose={() => setEdited(null)} />}
    </>
  );
}

function MacroDialog({ kept, mayShare, onClose }: { kept: KeptMacro | null; mayShare: boolean; onClose: () => void }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const [macro, setMacro] = useState<MacroBody>(kept ? { name: kept.name, shared: kept.shared, actions: kept.actions } : { name: "", shared: false, actions: [] });
  const save = useSaveMacro();
  const isReady = macro.name.trim() !== "" && macro.actions.length > 0 && macro.actions.every(isWhole);
  const keep = () => afterwards(save.mutateAsync({ id: kept?.id ?? null, macro }), () => { void message.success(t("automation.macroSaved")); onClose(); });
  return (
    <Modal open width={700} title={kept ? t("assignment.editOf", { name: kept.name }) : t("automation.addMacro")} okText={t("settings.save")} cancelText={t("action.cancel")} okButtonProps={{ disabled: !isReady, loading: busy(save.isPending) }} onOk={keep} onCancel={onClose}>
      <Form layout="vertical">
        <Form.Item label={t("automation.name")} htmlFor="macro-name">
          <Input id="macro-name" autoFocus maxLength={40} value={macro.name} onChange={(event) => setMacro({ ...macro, name: event.target.value })} />
        </Form.Item>
        <Form.Item label={t("automation.do")} extra={t("automation.never", { variables })}>
          <Actions isMacro value={macro.actions} onChange={(actions) => setMacro({ ...macro, actions })} />
        </Form.Item>
        {mayShare && (
          <Form.Item label={t("automation.share")} htmlFor="macro-shared">
            <Switch id="macro-shared" checked={macro.shared} onChange={(shared) => setMacro({ ...macro, shared })} />
          </Form.Item>
        )}
      </Form>
      <Trouble error={save.error} />
    </Modal>
  );
}
