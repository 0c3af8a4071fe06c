import { useTranslation } from "react-i18next";
import { useHoldCount } from "../../api/guard";
import { useDoubtCount } from "../../api/outbox";
import { useMay, useMe } from "../../api/session";
import { useSummary } from "../../api/shops";
import { useRemovalSummary } from "../../api/removals";
import { useTaskCount } from "../../api/tasks";
import { formatCount } from "../../format/number";
import { type Place, places } from "./places";
import { shopQuery } from "./shop";

/** How much waits at a place for somebody to act; not shown where nothing does. */
export interface Counter {
  short: string;
  name: string;
}

/** The places of the rail this person may go to, each with its address and what waits there. */
export function usePlaces(): (Place & { to: string; counter: Counter | null })[] {
  const { t, i18n } = useTranslation();
  const { data: me } = useMe();
  const { data: summary } = useSummary();
  const isDepartment = me?.user.role === "department";
  // Tasks wait for the department that is asked; the others wait for the answer.
  const { data: tasks } = useTaskCount(useMay("task.answer") && isDepartment);
  const { data: removals } = useRemovalSummary(undefined, useMay("case.handle"));
  const due = removals?.in_3_days;
  const { data: held } = useHoldCount(useMay("guard.review"));
  const { data: doubt } = useDoubtCount(useMay("case.handle"));
  const urgent = { value: summary?.urgent_cases ?? 0, capped: summary?.urgent_cases_capped ?? false };
  const urgentNumber = formatCount(urgent, i18n.language);
  const counters: Record<string, Counter | null> = {
    cases: urgent.value > 0 ? { short: urgentNumber, name: t("nav.urgent", { count: urgent.value, number: urgentNumber }) } : null,
    appeals: due && due.value > 0 ? { short: formatCount(due, i18n.language), name: t("nav.appealsWaiting", { number: formatCount(due, i18n.language) }) } : null,
    tasks: tasks && tasks.value > 0 ? { short: formatCount(tasks, i18n.language), name: t("nav.waiting", { number: formatCount(tasks, i18n.language) }) } : null,
    outbox: doubt && doubt.value > 0 ? { short: formatCount(doubt, i18n.language), name: t("nav.doubt", { number: formatCount(doubt, i18n.language) }) } : null,
    guard: held && held.value > 0 ? { short: formatCount(held, i18n.language), name: t("nav.held", { number: formatCount(held, i18n.language) }) } : null,
  };
  return places
    .filter(({ icon, needs }) => icon !== null && me?.permissions.includes(needs))
    .map((place) => ({ ...place, to: `/${place.key}${place.isOfShop ? shopQuery() : ""}`, counter: counters[place.key] ?? null }));
}
