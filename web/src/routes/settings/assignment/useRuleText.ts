import { useTranslation } from "react-i18next";
import { useShops } from "../../../api/shops";
import { useTeams } from "../../../api/teams";
import type { AssignmentRule } from "../../../api/types";
import { languageName } from "../../../i18n/names";

/** A rule in words: for which cases, and who gets them. */
export function useRuleText() {
  const { t, i18n } = useTranslation();
  const { shops } = useShops();
  const { data } = useTeams();
  const comma = t("people.comma");
  return {
    when({ shops: of, causes, languages, severity_from }: AssignmentRule): string {
      const parts = [
        of.map((id) => shops.find((shop) => shop.id === id)?.name ?? t("unknown")).join(comma),
        causes.map((cause) => t(`cause.${cause}`)).join(comma),
        languages.map((code) => languageName(code, i18n.language, t("tongue.und"))).join(comma),
        severity_from > 0 ? t("assignment.from", { severity: severity_from }) : "",
      ].filter(Boolean);
      return parts.length > 0 ? parts.join(" · ") : t("assignment.every");
    },
    who({ team, skill, choosing, most }: AssignmentRule): string {
      const parts = [
        team ? data?.teams.find(({ id }) => id === team)?.name ?? t("unknown") : t("assignment.anyAgent"),
        skill ? t("assignment.withSkill", { skill }) : "",
        t(`assignment.choosing.${choosing}`),
        most ? t("assignment.atMost", { count: most }) : "",
      ];
      return parts.filter(Boolean).join(" · ");
    },
  };
}
