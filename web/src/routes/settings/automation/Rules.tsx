import { ArrowDownOutlined, ArrowUpOutlined, ThunderboltOutlined, WarningOutlined } from "@ant-design/icons";
import { Button, Skeleton, Switch, Table, Tag } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useChangeRule, useDeleteRule, useOrderRules, useRestoreRule, useRules } from "../../../api/automation";
import { afterwards } from "../../../api/change";
import { useMay } from "../../../api/session";
import type { KeptRule } from "../../../api/types";
import { useUndo } from "../../../components/Keys/useUndo";
import { Teach } from "../../../components/List/Teach";
import { Trouble } from "../../../components/Trouble/Trouble";
import { Card } from "../SectionPage";
import { actionsColumn } from "../actions";
import { moved } from "../assignment/moved";
import { RuleDialog } from "./RuleDialog";
import { ruleOf } from "./rule";
import { useAutomationText } from "./useAutomationText";

/** The rules in their order: what sets each off, what it does, how often it ran. */
export function Rules() {
  const { t } = useTranslation();
  const may = useMay("automation.manage");
  const { data, error, refetch } = useRules();
  const [change, remove, restore, order] = [useChangeRule(), useDeleteRule(), useRestoreRule(), useOrderRules()];
  const [edited, setEdited] = useState<string | null>(null);
  const offer = useUndo();
  const text = useAutomationText();
  const rules = data?.rules ?? [];
  const ids = rules.map(({ id }) => id);
  const add = may && <Button type="primary" onClick={() => setEdited("new")}>{t("automation.add")}</Button>;
  const drop = ({ id, name }: KeptRule) => afterwards(remove.mutateAsync(id), () => offer(t("automation.deleted", { name }), () => restore.mutate(id)));
  return (
    <>
      <Trouble error={error ?? change.error ?? remove.error ?? restore.error ?? order.error} onRetry={error ? () => void refetch() : undefined} />
      {!data && !error && <Skeleton active />}
      {data && rules.length === 0 && <Teach icon={<ThunderboltOutlined />} title={t("automation.none")} text={t("automation.noneNext")}>{add}</Teach>}
      {rules.length > 0 && (
        <>
          <p>{add}</p>
          <Card>
            <Table<KeptRule>
              size="small"
              rowKey="id"
              aria-label={t("automation.tab.rules")}
              pagination={false}
              dataSource={rules}
              columns={[
                { key: "name", title: t("automation.name"), render: (_, rule) => <>{rule.name}{rule.missing.length > 0 && <> <Tag color="error" icon={<WarningOutlined />}>{t("automation.broken", { what: text.missing(rule.missing) })}</Tag></>}</> },
                { key: "when", title: t("automation.when"), render: (_, rule) => <>{t(`automation.happening.${rule.when}`)}<br />{text.conditions(rule)}</> },
                { key: "do", title: t("automation.do"), render: (_, rule) => text.actions(rule.actions) },
                { key: "ran", title: t("automation.ranToday"), align: "right", width: 110, render: (_, rule) => <>{rule.ran}{rule.held_back > 0 && <><br /><Tag color="warning">{t("automation.heldToday", { count: rule.held_back })}</Tag></>}</> },
                { key: "on", title: t("automation.on"), width: 70, render: (_, rule) => <Switch size="small" checked={rule.is_on} disabled={!may} aria-label={t("automation.onOf", { name: rule.name })} onChange={(is_on) => change.mutate({ id: rule.id, version: rule.version, rule: { ...ruleOf(rule), is_on } })} /> },
                ...(may
                  ? [{
                      ...actionsColumn(t),
                      width: 200,
                      render: (_: unknown, rule: KeptRule, place: number) => (
                        <>
                          <Button type="text" size="small" icon={<ArrowUpOutlined />} disabled={place === 0} aria-label={t("assignment.upOf", { name: rule.name })} onClick={() => order.mutate(moved(ids, place, -1))} />
                          <Button type="text" size="small" icon={<ArrowDownOutlined />} disabled={place === rules.length - 1} aria-label={t("assignment.downOf", { name: rule.name })} onClick={() => order.mutate(moved(ids, place, 1))} />
                          <Button type="link" size="small" aria-label={t("assignment.editOf", { name: rule.name })} onClick={() => setEdited(rule.id)}>{t("settings.edit")}</Button>
                          <Button type="text" danger size="small" aria-label={t("assignment.deleteOf", { name: rule.name })} onClick={() => drop(rule)}>{t("assignment.delete")}</Button>
                        </>
                      ),
                    }]
                  : []),
              ]}
            />
          </Card>
        </>
      )}
      {edited !== null && <RuleDialog key={edited} kept={rules.find(({ id }) => id === edited) ?? null} onClose={() => setEdited(null)} />}
    </>
  );
}
