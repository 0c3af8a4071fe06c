import { useTranslation } from "react-i18next";
import { useMacros } from "../../../api/automation";
import { useHandlers, useTeamNames } from "../../../api/handlers";
import { useShops } from "../../../api/shops";
import { useTags } from "../../../api/tags";
import type { AutomationRule, KeptRule, RuleAction, RuleCondition } from "../../../api/types";
import { languageName } from "../../../i18n/names";

interface Named {
  id: string;
  name: string;
}

/** Conditions and actions in words. */
export function useAutomationText() {
  const { t, i18n } = useTranslation();
  const { shops } = useShops();
  const { tags } = useTags();
  const [people, teams] = [useHandlers(), useTeamNames()];
  const macros = useMacros().data?.macros ?? [];
  const named = (list: readonly Named[], id: string) => list.find((each) => each.id === id)?.name ?? t("automation.gone");
  const join = (words: string[]) => words.join(t("automation.or"));
  const condition = (of: RuleCondition): string => {
    const subject = t(`automation.subject.${of.on}`);
    switch (of.on) {
      case "shop": return `${subject} ${join(of.any_of.map((id) => named(shops, id)))}`;
      case "tag": return `${subject} ${join(of.any_of.map((id) => named(tags, id)))}`;
      case "platform": return `${subject} ${join(of.any_of.map((value) => t(`platform.${value}`)))}`;
      case "cause": return `${subject} ${join(of.any_of.map((value) => t(`cause.${value}`)))}`;
      case "fault": return `${subject} ${join(of.any_of.map((value) => t(`fault.${value}`)))}`;
      case "sentiment": return `${subject} ${join(of.any_of.map((value) => t(`sentiment.${value}`)))}`;
      case "object": return `${subject} ${join(of.any_of.map((value) => t(`object.${value}`)))}`;
      case "language": return `${subject} ${join(of.any_of.map((value) => languageName(value, i18n.language, t("tongue.und"))))}`;
      case "text": return `${subject} ${join(of.any_of.map((word) => t("automation.quoted", { word })))}`;
      case "product": return `${subject} ${t("automation.products", { count: of.any_of.length })}`;
      case "handler": return t(`automation.handler.${of.is}`);
      case "order_value": return `${subject} ${of.from / 100}–${of.to == null ? "" : of.to / 100} ${of.currency}`;
      default: return `${subject} ${of.from}–${of.to}`;
    }
  };
  const action = (of: RuleAction): string => {
    switch (of.do) {
      case "assign_person": return t("automation.did.assign_person", { name: named(people, of.person) });
      case "assign_team": return t("automation.did.assign_team", { name: named(teams, of.team) });
      case "tag": case "untag": return t(`automation.did.${of.do}`, { name: named(tags, of.tag) });
      case "severity_floor": return t("automation.did.severity_floor", { severity: of.severity });
      case "ask_task": return t("automation.did.ask_task", { department: t(`department.${of.department}`), text: of.text });
      case "notify": return t("automation.did.notify", { channel: t(`outbox.channel.${of.channel}`), name: of.person ? named(people, of.person) : "" });
      case "note": return t("automation.did.note", { text: of.text });
      case "run_macro": return t("automation.did.run_macro", { name: named(macros, of.macro) });
      default: return t("automation.did.assign_by_rules");
    }
  };
  return {
    condition,
    action,
    conditions: (rule: AutomationRule) => rule.conditions.length === 0 ? t("automation.always") : rule.conditions.map(condition).join(t(rule.matching === "all" ? "automation.and" : "automation.or")),
    actions: (actions: readonly RuleAction[]) => actions.map(action).join("；"),
    missing: (missing: KeptRule["missing"]) => [...new Set(missing.map(({ kind }) => t(`automation.reference.${kind}`)))].join("、"),
  };
}
