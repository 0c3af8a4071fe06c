import { App, Button, Form, Input, InputNumber, Modal, Radio, Select } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useChangeRule, useCreateRule, useTryRule } from "../../../api/automation";
import { afterwards } from "../../../api/change";
import type { AutomationRule, KeptRule } from "../../../api/types";
import { busy } from "../../../components/Busy/busy";
import { Trouble } from "../../../components/Trouble/Trouble";
import { Actions } from "./Actions";
import { Conditions } from "./Conditions";
import { Tried } from "./Tried";
import { emptyRule, happenings, isSaid, isWhole, ruleOf, variables } from "./rule";

/** Makes a rule or changes one; it can be tried on the last 30 days first, which changes nothing. */
export function RuleDialog({ kept, onClose }: { kept: KeptRule | null; onClose: () => void }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const [rule, setRule] = useState<AutomationRule>(kept ? ruleOf(kept) : emptyRule);
  const [create, change, attempt] = [useCreateRule(), useChangeRule(), useTryRule()];
  const set = (part: Partial<AutomationRule>) => {
    attempt.reset();
    setRule({ ...rule, ...part });
  };
  const isReady = rule.name.trim() !== "" && rule.actions.length > 0 && rule.actions.every(isWhole) && rule.conditions.every(isSaid);
  const save = () => {
    const saved = kept ? change.mutateAsync({ id: kept.id, version: kept.version, rule }) : create.mutateAsync(rule);
    afterwards(saved, () => { void message.success(t("automation.saved")); onClose(); });
  };
  return (
    <Modal
      open
      width={760}
      title={kept ? t("assignment.editOf", { name: kept.name }) : t("automation.add")}
      onCancel={onClose}
      footer={[
        <Button key="try" disabled={!isReady} loading={busy(attempt.isPending)} onClick={() => attempt.mutate(rule)}>{t("automation.try")}</Button>,
        <Button key="cancel" onClick={onClose}>{t("action.cancel")}</Button>,
        <Button key="save" type="primary" disabled={!isReady} loading={busy(create.isPending || change.isPending)} onClick={save}>{t("settings.save")}</Button>,
      ]}
    >
      <Form layout="vertical">
        <Form.Item label={t("automation.name")} htmlFor="rule-name">
          <Input id="rule-name" autoFocus maxLength={40} value={rule.name} onChange={(event) => set({ name: event.target.value })} />
        </Form.Item>
        <Form.Item label={t("automation.when")} htmlFor="rule-when">
          <Select id="rule-when" value={rule.when} options={happenings.map((value) => ({ value, label: t(`automation.happening.${value}`) }))} onChange={(when) => set({ when })} />
        </Form.Item>
        <Form.Item label={t("automation.conditions")}>
          {rule.conditions.length > 1 && <Radio.Group style={{ marginBottom: 8 }} aria-label={t("automation.matching")} value={rule.matching} options={(["all", "any"] as const).map((value) => ({ value, label: t(`automation.match.${value}`) }))} onChange={(event) => set({ matching: event.target.value as "all" | "any" })} />}
          <Conditions value={rule.conditions} onChange={(conditions) => set({ conditions })} />
        </Form.Item>
        <Form.Item label={t("automation.do")} extra={t("automation.never", { variables })}>
          <Actions value={rule.actions} onChange={(actions) => set({ actions })} />
        </Form.Item>
        <Form.Item label={t("automation.hourly")} htmlFor="rule-hourly" extra={t("automation.hourlyHelp")}>
          <InputNumber id="rule-hourly" min={1} max={1000} precision={0} value={rule.hourly} onChange={(hourly) => set({ hourly: hourly ?? 1 })} />
        </Form.Item>
      </Form>
      <Trouble error={create.error ?? change.error ?? attempt.error} />
      {attempt.data && <Tried of={attempt.data} />}
    </Modal>
  );
}
