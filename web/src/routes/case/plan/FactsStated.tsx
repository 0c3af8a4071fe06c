import { App, DatePicker, Segmented, Select } from "antd";
import dayjs from "dayjs";
import { useTranslation } from "react-i18next";
import { afterwards } from "../../../api/change";
import { usePlan, useStateFacts } from "../../../api/plan";
import { useMay } from "../../../api/session";
import type { Case, StatedFacts } from "../../../api/types";
import { useUndo } from "../../../components/Keys/useUndo";
import { Trouble } from "../../../components/Trouble/Trouble";
import { When } from "../../../components/When/When";
import styles from "./Plan.module.css";

const requests = ["refund", "return", "exchange", "reship", "compensation", "complaint", "none"] as const;
const problems = ["wrong", "missing", "damaged", "defect", "size", "not_as_described", "none"] as const;
const flags = [
  ["insists", "casework.factInsists"],
  ["received", "casework.factReceived"],
  ["shown", "casework.factShown"],
  ["tags_cut", "casework.factTags"],
  ["washed", "casework.factWashed"],
  ["used", "casework.factUsed"],
  ["exempt", "casework.factExempt"],
] as const;

const wordOf = (value: boolean | null) => (value === null ? "unknown" : value ? "yes" : "no");
const valueOf = (word: string) => (word === "unknown" ? null : word === "yes");

/** What a person knows of the buyer's wish and the goods; each change counts at once, and can be taken back. */
export function FactsStated({ found }: { found: Case }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const may = useMay("case.handle");
  const offer = useUndo();
  const { data: plan } = usePlan(found.id);
  const state = useStateFacts(found.id);
  if (!plan) return null;
  const { stated } = plan;
  const change = (part: Partial<StatedFacts>) =>
    afterwards(state.mutateAsync({ ...stated, ...part }), () => offer(t("casework.factsSaved"), () => afterwards(state.mutateAsync(stated), () => void message.success(t("cases.takenBack")))));
  return (
    <>
      <div className={styles.facts}>
        <span id="fact-request">{t("casework.factRequest")}</span>
        <Select
          aria-labelledby="fact-request"
          size="small"
          allowClear
          disabled={!may}
          value={stated.request}
          placeholder={t("casework.unknown")}
          options={requests.map((value) => ({ value, label: t(`request.${value}`) }))}
          onChange={(value) => change({ request: value ?? null })}
        />
        <span id="fact-requested">{t("casework.factRequested")}</span>
        <DatePicker
          aria-labelledby="fact-requested"
          size="small"
          disabled={!may}
          showTime={{ format: "HH:mm" }}
          format="YYYY-MM-DD HH:mm"
          maxDate={dayjs().endOf("day")}
          value={stated.requested ? dayjs(stated.requested) : null}
          placeholder={t("casework.unknown")}
          onChange={(value) => change({ requested: value?.toISOString() ?? null })}
        />
        <span id="fact-problem">{t("casework.factProblem")}</span>
        <Select
          aria-labelledby="fact-problem"
          size="small"
          allowClear
          disabled={!may}
          value={stated.problem}
          placeholder={t("casework.unknown")}
          options={problems.map((value) => ({ value, label: t(`problem.${value}`) }))}
          onChange={(value) => change({ problem: value ?? null })}
        />
        {flags.map(([key, name]) => (
          <Flag key={key} name={t(name)} id={`fact-${key}`} value={stated[key]} disabled={!may} onChange={(value) => change({ [key]: value })} />
        ))}
      </div>
      {plan.stated_at && (
        <p className={styles.quiet}>{t("casework.factsBy", { name: plan.stated_by?.name ?? t("casework.factsSystem") })} <When at={plan.stated_at} shop={found.shop.id} /></p>
      )}
      <Trouble error={state.error} />
    </>
  );
}

function Flag({ name, id, value, disabled, onChange }: { name: string; id: string; value: boolean | null; disabled: boolean; onChange: (value: boolean | null) => void }) {
  const { t } = useTranslation();
  return (
    <>
      <span id={id}>{name}</span>
      <div role="group" aria-labelledby={id}>
        <Segmented
          size="small"
          disabled={disabled}
          value={wordOf(value)}
          options={["yes", "no", "unknown"].map((word) => ({ value: word, label: t(`casework.${word}`) }))}
          onChange={(word) => onChange(valueOf(word))}
        />
      </div>
    </>
  );
}
