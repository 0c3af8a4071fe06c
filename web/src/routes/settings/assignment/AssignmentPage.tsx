import { ArrowDownOutlined, ArrowUpOutlined, BranchesOutlined } from "@ant-design/icons";
import { App, Button, Select, Skeleton, Switch, Table } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useAssignment, useSetRules, useSetSkills } from "../../../api/assignment";
import { useMay } from "../../../api/session";
import type { AssignmentRule, PersonAtWork } from "../../../api/types";
import { Teach } from "../../../components/List/Teach";
import { Trouble } from "../../../components/Trouble/Trouble";
import { Card, SectionPage } from "../SectionPage";
import settings from "../Settings.module.css";
import { actionsColumn } from "../actions";
import { RuleDialog } from "./RuleDialog";
import { moved } from "./moved";
import { useRuleText } from "./useRuleText";

/** Who gets a case: rules from the top, and what people are good at. */
export function AssignmentPage() {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const may = useMay("case.assign");
  const { data, error, refetch } = useAssignment();
  const set = useSetRules();
  const [edited, setEdited] = useState<number | "new" | null>(null);
  const rules = data?.rules ?? [];
  const save = (next: AssignmentRule[], done?: () => void) => set.mutate(next, { onSuccess: () => { void message.success(t("assignment.saved")); done?.(); } });
  const add = may && <Button type={rules.length === 0 ? "primary" : "default"} onClick={() => setEdited("new")}>{t("assignment.add")}</Button>;
  const text = useRuleText();
  return (
    <SectionPage of="assignment" extra={rules.length > 0 && add}>
      <Trouble error={error ?? set.error} onRetry={error ? () => void refetch() : undefined} />
      {!data && !error && <Skeleton active />}
      {data && rules.length === 0 && <Teach icon={<BranchesOutlined />} title={t("assignment.none")} text={t("assignment.noneNext")}>{add}</Teach>}
      {rules.length > 0 && (
        <Card>
          <Table<AssignmentRule & { place: number }>
            size="small"
            rowKey="place"
            aria-label={t("settings.section.assignment")}
            pagination={false}
            dataSource={rules.map((rule, place) => ({ ...rule, place }))}
            columns={[
              { key: "name", title: t("assignment.name"), dataIndex: "name" },
              { key: "when", title: t("assignment.when"), render: (_, rule) => text.when(rule) },
              { key: "who", title: t("assignment.who"), render: (_, rule) => text.who(rule) },
              { key: "on", title: t("assignment.on"), width: 80, render: (_, rule) => <Switch size="small" checked={rule.is_on} disabled={!may} aria-label={t("assignment.onOf", { name: rule.name })} onChange={(is_on) => save(rules.map((each, at) => (at === rule.place ? { ...each, is_on } : each)))} /> },
              ...(may
                ? [{
                    ...actionsColumn(t),
                    width: 220,
                    render: (_: unknown, { place, name }: AssignmentRule & { place: number }) => (
                      <>
                        <Button type="text" size="small" icon={<ArrowUpOutlined />} disabled={place === 0} aria-label={t("assignment.upOf", { name })} onClick={() => save(moved(rules, place, -1))} />
                        <Button type="text" size="small" icon={<ArrowDownOutlined />} disabled={place === rules.length - 1} aria-label={t("assignment.downOf", { name })} onClick={() => save(moved(rules, place, 1))} />
                        <Button type="link" size="small" aria-label={t("assignment.editOf", { name })} onClick={() => setEdited(place)}>{t("settings.edit")}</Button>
                        <Button type="text" danger size="small" aria-label={t("assignment.deleteOf", { name })} onClick={() => save(rules.filter((_, at) => at !== place))}>{t("assignment.delete")}</Button>
                      </>
                    ),
                  }]
                : []),
            ]}
          />
        </Card>
      )}
      {data && <People people={data.people} may={may} />}
      {edited !== null && (
        <RuleDialog
          rule={edited === "new" ? null : rules[edited] ?? null}
          skills={[...new Set(data?.people.flatMap(({ skills }) => skills))]}
          error={set.error}
          busy={set.isPending}
          onClose={() => setEdited(null)}
          onSave={(rule) => save(edited === "new" ? [...rules, rule] : rules.map((each, at) => (at === edited ? rule : each)), () => setEdited(null))}
        />
      )}
    </SectionPage>
  );
}

function People({ people, may }: { people: PersonAtWork[]; may: boolean }) {
  const { t } = useTranslation();
  const set = useSetSkills();
  const known = [...new Set(people.flatMap(({ skills }) => skills))].map((value) => ({ value, label: value }));
  return (
    <section aria-label={t("assignment.people")}>
      <h2>{t("assignment.people")}</h2>
      <p className={settings.hint}>{t("assignment.skillsHelp")}</p>
      <Trouble error={set.error} />
      <Card>
        <Table<PersonAtWork>
          size="small"
          rowKey="id"
          aria-label={t("assignment.people")}
          pagination={false}
          dataSource={people}
          columns={[
            { key: "name", title: t("roster.person"), dataIndex: "name" },
            { key: "duty", title: t("assignment.duty"), render: (_, person) => t(person.away ? "assignment.away" : person.on_duty ? "assignment.onDuty" : "assignment.offDuty") },
            { key: "load", title: t("assignment.load"), align: "right", render: (_, person) => person.load },
            {
              key: "skills",
              title: t("assignment.skills"),
              render: (_, person) => (
                <Select mode="tags" size="small" disabled={!may} style={{ minWidth: 200 }} aria-label={t("assignment.skillsOf", { name: person.name })} value={person.skills} options={known} onChange={(skills: string[]) => set.mutate({ id: person.id, skills })} />
              ),
            },
          ]}
        />
      </Card>
    </section>
  );
}
