import type { AutomationRule, KeptRule, RuleAction, RuleCondition } from "../../../api/types";

/** What texts can name, as it is typed. */
export const variables = ["{{case}}", "{{shop}}", "{{order}}", "{{product}}"].join(" ");

export const happenings = [
  "review_arrived", "review_revised", "case_opened", "case_reopened", "state_changed", "case_overdue", "case_solved", "buyer_message", "promise_broken",
  "task_answered", "removal_answered",
] as const;

export type Subject = RuleCondition["on"];
export type Deed = RuleAction["do"];

export const emptyRule: AutomationRule = { name: "", is_on: true, when: "case_opened", matching: "all", conditions: [], actions: [], hourly: 60 };

/** A rule without what only the server says of it. */
export function ruleOf({ name, is_on, when, matching, conditions, actions, hourly }: KeptRule): AutomationRule {
  return { name, is_on, when, matching, conditions, actions, hourly };
}

/** Every kind of condition as it begins. */
export const newConditions: { [S in Subject]: Extract<RuleCondition, { on: S }> } = {
  shop: { on: "shop", any_of: [] },
  platform: { on: "platform", any_of: [] },
  stars: { on: "stars", from: 1, to: 2 },
  cause: { on: "cause", any_of: [] },
  fault: { on: "fault", any_of: [] },
  sentiment: { on: "sentiment", any_of: [] },
  language: { on: "language", any_of: [] },
  severity: { on: "severity", from: 70, to: 100 },
  object: { on: "object", any_of: [] },
  tag: { on: "tag", any_of: [] },
  handler: { on: "handler", is: "none" },
  order_value: { on: "order_value", currency: "CNY", from: 50_000, to: null },
  product: { on: "product", any_of: [] },
  text: { on: "text", any_of: [] },
};

/** Every kind of action as it begins. A macro runs no other macro. */
export const newActions: { [D in Deed]: Extract<RuleAction, { do: D }> } = {
  assign_person: { do: "assign_person", person: "" },
  assign_team: { do: "assign_team", team: "" },
  assign_by_rules: { do: "assign_by_rules" },
  tag: { do: "tag", tag: "" },
  untag: { do: "untag", tag: "" },
  severity_floor: { do: "severity_floor", severity: 90 },
  ask_task: { do: "ask_task", department: "warehouse", text: "", due_hours: 24 },
  notify: { do: "notify", channel: "wecom", person: null },
  note: { do: "note", text: "" },
  run_macro: { do: "run_macro", macro: "" },
};

/** Whether nothing is left to choose in an action. */
export function isWhole(action: RuleAction): boolean {
  switch (action.do) {
    case "assign_person": return action.person !== "";
    case "assign_team": return action.team !== "";
    case "tag": case "untag": return action.tag !== "";
    case "ask_task": case "note": return action.text.trim() !== "";
    case "run_macro": return action.macro !== "";
    default: return true;
  }
}

/** Whether nothing is left to choose in a condition. */
export function isSaid(condition: RuleCondition): boolean {
  return !("any_of" in condition) || condition.any_of.length > 0;
}
