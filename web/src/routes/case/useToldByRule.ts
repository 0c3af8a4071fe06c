import { useTranslation } from "react-i18next";
import type { CaseEvent, RuleAction } from "../../api/types";
import { useAutomationText } from "../settings/automation/useAutomationText";

interface Told {
  rule?: { name: string };
  macro?: { name: string };
  steps?: { act: RuleAction; problem: { zh: string; en: string } | null }[];
}

/** What a rule or macro did to a case, in a line; null for other events. */
export function useToldByRule(): (event: CaseEvent) => string | null {
  const { t, i18n } = useTranslation();
  const text = useAutomationText();
  return (event) => {
    if (event.kind !== "automation") return null;
    const { rule, macro, steps = [] } = event.body as Told;
    const said = (problem: { zh: string; en: string }) => (i18n.language.startsWith("zh") ? problem.zh : problem.en);
    const did = steps.map(({ act, problem }) => (problem ? `${text.action(act)}（${said(problem)}）` : text.action(act))).join("；");
    if (rule) return t("cases.byRule", { name: rule.name, did });
    return macro ? t("cases.byMacro", { name: macro.name, did }) : null;
  };
}
