import type { TFunction } from "i18next";
import type { CaseEvent, Correction } from "../../api/types";
import { saidIn } from "../../components/Correction/said";

function nameIn(value: unknown): string | null {
  if (typeof value === "string") return value;
  if (value && typeof value === "object" && "name" in value && typeof value.name === "string") return value.name;
  return null;
}

/** One event of a case, told in a line. */
export function toldOf(event: CaseEvent, t: TFunction): string {
  const kind = event.kind;
  const body: Record<string, unknown> = event.body;
  const state = (value: unknown) => (typeof value === "string" ? t(`caseState.${value}`) : t("unknown"));
  return t(`cases.event.${kind}`, {
    revision: body.revision ?? "",
    owner: nameIn(body.owner) ?? event.actor?.name ?? t("cases.system"),
    department: typeof body.department === "string" ? t(`department.${body.department}`) : "",
    said: kind === "reading_corrected" ? saidIn(body.said as Correction, t) : "",
    channel: typeof body.channel === "string" ? t(`guard.channel.${body.channel}`) : "",
    from: state(body.from),
    to: state(body.to),
  });
}

/** Events that carry words of a person. */
const withText: ReadonlySet<string> = new Set(["note", "message", "task_asked", "task_answered"]);

export function noteOf(event: CaseEvent): string | null {
  const { text, note }: Record<string, unknown> = event.body;
  if (event.kind === "reading_corrected") return typeof note === "string" ? note : null;
  return withText.has(event.kind) && typeof text === "string" ? text : null;
}
