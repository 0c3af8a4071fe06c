import { DeleteOutlined } from "@ant-design/icons";
import { Button, Input, InputNumber, Select, Space } from "antd";
import { useTranslation } from "react-i18next";
import { useMacros } from "../../../api/automation";
import { useHandlers, useTeamNames } from "../../../api/handlers";
import { useTags } from "../../../api/tags";
import type { RuleAction } from "../../../api/types";
import { departments } from "../people/access";
import { newActions, type Deed, variables } from "./rule";

const robots = ["wecom", "dingtalk", "feishu", "webhook"] as const;

interface Props {
  value: RuleAction[];
  onChange: (value: RuleAction[]) => void;
  /** Of a macro: it runs no other one. */
  isMacro?: boolean;
}

/** What is done, one action a line, in this order. */
export function Actions({ value, onChange, isMacro = false }: Props) {
  const { t } = useTranslation();
  const deeds = (Object.keys(newActions) as Deed[]).filter((deed) => !(isMacro && deed === "run_macro")).map((deed) => ({ value: deed, label: t(`automation.action.${deed}`) }));
  const put = (at: number, next: RuleAction) => onChange(value.map((each, place) => (place === at ? next : each)));
  return (
    <Space orientation="vertical" style={{ width: "100%" }}>
      {value.map((action, at) => (
        <Space key={at} wrap align="start">
          <Select style={{ width: 160 }} aria-label={t("automation.actionOf", { number: at + 1 })} value={action.do} options={deeds} onChange={(deed: Deed) => put(at, newActions[deed])} />
          <Details of={action} onChange={(next) => put(at, next)} />
          <Button type="text" icon={<DeleteOutlined />} aria-label={t("automation.dropAction", { number: at + 1 })} onClick={() => onChange(value.filter((_, place) => place !== at))} />
        </Space>
      ))}
      <Button onClick={() => onChange([...value, newActions.note])} disabled={value.length >= 10}>{t("automation.addAction")}</Button>
    </Space>
  );
}

function Details({ of, onChange }: { of: RuleAction; onChange: (next: RuleAction) => void }) {
  const { t } = useTranslation();
  const { tags } = useTags();
  const [people, teams] = [useHandlers(), useTeamNames()];
  const macros = (useMacros().data?.macros ?? []).filter(({ shared }) => shared);
  const label = t(`automation.action.${of.do}`);
  const one = (list: readonly { id: string; name: string }[], value: string, put: (id: string) => RuleAction) => (
    <Select showSearch={{ optionFilterProp: "label" }} style={{ minWidth: 200 }} aria-label={label} placeholder={t("automation.choose")} value={value || undefined} options={list.map(({ id, name }) => ({ value: id, label: name }))} onChange={(id: string) => onChange(put(id))} />
  );
  const words = (text: string, put: (text: string) => RuleAction) => (
    <Input.TextArea style={{ width: 320 }} autoSize={{ minRows: 2, maxRows: 6 }} maxLength={2000} aria-label={t("automation.textOf", { action: label })} placeholder={t("automation.textHelp", { variables })} value={text} onChange={(event) => onChange(put(event.target.value))} />
  );
  switch (of.do) {
    case "assign_person": return one(people, of.person, (person) => ({ ...of, person }));
    case "assign_team": return one(teams, of.team, (team) => ({ ...of, team }));
    case "tag": case "untag": return one(tags, of.tag, (tag) => ({ ...of, tag }));
    case "run_macro": return one(macros, of.macro, (macro) => ({ ...of, macro }));
    case "severity_floor": return <InputNumber min={0} max={100} precision={0} aria-label={label} value={of.severity} onChange={(severity) => onChange({ ...of, severity: severity ?? 0 })} />;
    case "note": return words(of.text, (text) => ({ ...of, text }));
    case "notify": return (
      <>
        <Select style={{ width: 150 }} aria-label={t("automation.channel")} value={of.channel} options={robots.map((value) => ({ value, label: t(`outbox.channel.${value}`) }))} onChange={(channel) => onChange({ ...of, channel })} />
        <Select allowClear style={{ width: 150 }} aria-label={t("automation.person")} placeholder={t("automation.nobodyNamed")} value={of.person ?? undefined} options={people.map(({ id, name }) => ({ value: id, label: name }))} onChange={(person?: string) => onChange({ ...of, person: person ?? null })} />
      </>
    );
    case "ask_task": return (
      <Space orientation="vertical">
        <Space>
          <Select style={{ width: 150 }} aria-label={t("automation.department")} value={of.department} options={departments.map((value) => ({ value, label: t(`department.${value}`) }))} onChange={(department) => onChange({ ...of, department })} />
          <InputNumber min={1} max={720} precision={0} aria-label={t("automation.dueHours")} suffix={t("automation.hours")} value={of.due_hours ?? null} onChange={(due_hours) => onChange({ ...of, due_hours })} />
        </Space>
        {words(of.text, (text) => ({ ...of, text }))}
      </Space>
    );
    default: return null;
  }
}
