import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { useHandlers, useTeamNames } from "../../api/handlers";
import { useShops } from "../../api/shops";
import { useTags } from "../../api/tags";
import { type ListName, orderMeasures, orderParts, specs } from "../../filter/spec";
import { languageName } from "../../i18n/names";

export interface Choice {
  value: string;
  label: string;
}

/** One control of the filter bar. */
export interface Definition {
  key: string;
  label: string;
  /** Seen at once; the others stand under "more filters". */
  common: boolean;
  width: number;
  control: "several" | "one" | "days" | "text";
  choices: Choice[];
}

const common: Record<ListName, readonly string[]> = {
  reviews: ["rating", "cause", "tag", "handler", "has_case", "from"],
  cases: ["kind", "cause", "severity_min", "handler", "tag", "q"],
  orders: ["q", "state", "has_review", "from"],
  buyers: ["q", "bad_min", "has_case"],
  products: ["q", "cause", "bad_min"],
};

/** In the order they are looked for; what a list does not know is skipped. */
const order = [
  "q", "kind", "rating", "cause", "severity_min", "handler", "tag", "state", "has_review", "has_case", "bad_min", "from",
  "clock", "due", "contact", "deadline_days", "outcome", "waiting_for", "verdict", "sentiment", "fault", "case_state", "team", "changed", "shop", "platform", "object", "language", "has_text", "has_photo", "mine", "counted", "order", "measure", "part",
];

const widths: Record<string, number> = { q: 200, order: 170, rating: 122, cause: 128, tag: 118, shop: 160, case_state: 120 };

/** Codes whose words stand under another name than the filter's. */
const own: Record<string, string> = { case_state: "caseState", state: "orderState", waiting_for: "waitingFor", kind: "caseKind" };

/** The filters of a list with their names and what can be chosen, in the language of the page. */
export function useDefinitions(list: ListName): Definition[] {
  const { t, i18n } = useTranslation();
  const { shops } = useShops();
  const { tags } = useTags();
  const people = useHandlers();
  const teams = useTeamNames();
  return useMemo(() => {
    const named = (each: { id: string; name: string }) => ({ value: each.id, label: each.name });
    const choicesOf = (key: string): Choice[] => {
      const field = specs[list].fields[key];
      if (key === "shop") return shops.map(named);
      if (key === "tag") return tags.map(named);
      if (key === "team") return teams.map(named);
      if (key === "handler") return [{ value: "me", label: t("lists.handler.me") }, { value: "none", label: t("lists.handler.none") }, ...people.map(named)];
      if (key === "severity_min") return ["80", "60", "40"].map((value) => ({ value, label: t(`lists.severityFrom.${value}`) }));
      if (key === "bad_min") return ["1", "2", "3", "5", "10"].map((value) => ({ value, label: t("lists.atLeast", { count: Number(value) }) }));
      if (key === "deadline_days") return ["3", "7", "30"].map((value) => ({ value, label: t("lists.withinDays", { count: Number(value) }) }));
      if (key === "due") return ["overdue", "soon", "day"].map((value) => ({ value, label: t(`lists.due.${value}`) }));
      if (key === "clock") return ["overdue", "soon", "escalated"].map((value) => ({ value, label: t(`lists.clock.${value}`) }));
      if (key === "contact") return [{ value: "now", label: t("lists.contact.now") }];
      if (key === "counted") return [{ value: "true", label: t("lists.countedOnly") }];
      if (key === "measure") return orderMeasures.map((value) => ({ value, label: t(`figureName.${value}`) }));
      if (key === "part") return orderParts.map((value) => ({ value, label: t(`lists.part.${value}`) }));
      if (key === "mine") return [{ value: "true", label: t("lists.mineOnly") }];
      if (field?.kind === "flag") return [{ value: "true", label: t(`lists.with.${key}`) }, { value: "false", label: t(`lists.without.${key}`) }];
      if (field?.kind !== "codes") return [];
      if (key === "rating") return field.of.map((value) => ({ value, label: t("stars", { count: Number(value) }) }));
      if (key === "language") return field.of.map((value) => ({ value, label: languageName(value, i18n.language, t("tongue.und")) }));
      if (key === "changed") return field.of.map((value) => ({ value, label: t(`lists.changed.${value}`) }));
      return field.of.map((value) => ({ value, label: t(`${own[key] ?? key}.${value}`) }));
    };
    return order
      .filter((key) => key in specs[list].fields)
      .map((key) => {
        const { kind } = specs[list].fields[key] as { kind: string };
        const control = kind === "codes" || kind === "ids" ? "several" : kind === "text" ? "text" : kind === "day" ? "days" : "one";
        return {
          key,
          label: key === "from" ? t(`lists.days.${list}`) : key === "q" ? t(`lists.words.${list}`) : t(`lists.filter.${key}`),
          common: common[list].includes(key),
          width: widths[key] ?? 128,
          control,
          choices: choicesOf(key),
        } as const;
      })
      .filter((each) => each.control === "days" || each.control === "text" || each.choices.length > 0);
  }, [list, shops, tags, people, teams, t, i18n.language]);
}
