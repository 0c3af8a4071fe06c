import { HistoryOutlined } from "@ant-design/icons";
import { Button, Select, Skeleton, Table, Tag } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { type RunsOf, useRules, useRuns } from "../../../api/automation";
import type { AutomationRun, RuleAction, RuleCondition } from "../../../api/types";
import { busy } from "../../../components/Busy/busy";
import { Teach } from "../../../components/List/Teach";
import { Trouble } from "../../../components/Trouble/Trouble";
import { When } from "../../../components/When/When";
import { currentLanguage } from "../../../i18n/language";
import { Card } from "../SectionPage";
import { useAutomationText } from "./useAutomationText";

interface Said {
  zh: string;
  en: string;
}

interface Detail {
  held?: RuleCondition[];
  steps?: { act: RuleAction; problem: Said | null }[];
  problem?: Said;
}

const colours = { ran: "success", held_back: "warning", failed: "error" } as const;

/** What rules did, for which case and why; also what was held back. */
export function Runs() {
  const { t } = useTranslation();
  const [filter, setFilter] = useState<RunsOf>({});
  const found = useRuns(filter);
  const rules = useRules().data?.rules ?? [];
  const text = useAutomationText();
  const runs = found.data?.pages.flatMap((page) => page.runs) ?? [];
  const said = (say: Said) => (currentLanguage() === "zh-CN" ? say.zh : say.en);
  const isNarrow = filter.rule !== undefined || filter.outcome !== undefined;
  return (
    <>
      <p>
        <Select allowClear style={{ width: 220, marginInlineEnd: 8 }} aria-label={t("automation.rule")} placeholder={t("automation.everyRule")} value={filter.rule} options={rules.map(({ id, name }) => ({ value: id, label: name }))} onChange={(rule?: string) => setFilter({ ...filter, rule })} />
        <Select allowClear style={{ width: 160 }} aria-label={t("automation.outcome")} placeholder={t("automation.everyOutcome")} value={filter.outcome} options={(["ran", "held_back", "failed"] as const).map((value) => ({ value, label: t(`automation.run.${value}`) }))} onChange={(outcome?: "ran" | "held_back" | "failed") => setFilter({ ...filter, outcome })} />
      </p>
      <Trouble error={found.error} onRetry={() => void found.refetch()} />
      {found.isPending && <Skeleton active />}
      {found.data && runs.length === 0 && <Teach icon={<HistoryOutlined />} title={t("automation.noRuns")} text={t(isNarrow ? "automation.noRunsSo" : "automation.noRunsNext")} />}
      {runs.length > 0 && (
        <Card>
          <Table<AutomationRun>
            size="small"
            rowKey="id"
            aria-label={t("automation.tab.runs")}
            pagination={false}
            dataSource={runs}
            columns={[
              { key: "at", title: t("automation.at"), width: 120, render: (_, run) => <When at={run.at} shop={run.shop.id} /> },
              { key: "rule", title: t("automation.rule"), render: (_, run) => run.rule_name },
              { key: "case", title: t("automation.case"), render: (_, run) => (run.case ? <Link to={`/cases/${run.case.id}`}>{t("cases.number", { number: run.case.number })}</Link> : run.review && <Link to={`/reviews?review=${run.review}`}>{t("automation.review")}</Link>) },
              { key: "why", title: t("automation.reason"), render: (_, run) => <>{t(`automation.happening.${run.when}`)}{((run.detail as Detail).held ?? []).map((condition, at) => <span key={at}><br />{text.condition(condition)}</span>)}</> },
              {
                key: "did",
                title: t("automation.result"),
                render: (_, run) => {
                  const { steps = [], problem } = run.detail as Detail;
                  return (
                    <>
                      <Tag color={colours[run.outcome]}>{t(`automation.run.${run.outcome}`)}</Tag>
                      {problem && said(problem)}
                      {steps.map((step, at) => <span key={at}><br />{text.action(step.act)}{step.problem && <> <Tag color="warning">{said(step.problem)}</Tag></>}</span>)}
                    </>
                  );
                },
              },
            ]}
          />
        </Card>
      )}
      {found.hasNextPage && <Button loading={busy(found.isFetchingNextPage)} onClick={() => void found.fetchNextPage()}>{t("action.more")}</Button>}
    </>
  );
}
