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
  const word = (group: string, value: unknown) => (typeof value === "string" ? t(`${group}.${value}`) : t("unknown"));
  const other = body.case && typeof body.case === "object" && "number" in body.case ? String(body.case.number) : "";
  const state = (value: unknown) => (typeof value === "string" ? t(`caseState.${value}`) : t("unknown"));
  if (kind === "state_changed") {
    const moved = { from: state(body.from), to: state(body.to), outcome: word("outcome", body.outcome), waiting: word("waitingFor", body.waiting_for) };
    if (body.undone) return t("cases.moved.undone", moved);
    if (body.why === "message") return t("cases.moved.message");
    if (body.to === "waiting" && body.waiting_for) return t("cases.moved.waiting", moved);
    if (body.to === "solved" && body.outcome) return t("cases.moved.solved", moved);
    if (body.to === "closed" && body.outcome) return t("cases.moved.closed", moved);
  }
  if (kind === "released" && body.why === "silent") return t("cases.takenAway", { owner: nameIn(body.owner) ?? t("cases.system") });
  if (kind === "assigned" && typeof body.rule === "string") return t("cases.assignedByRule", { rule: body.rule, owner: nameIn(body.owner) ?? "" });
  if (kind === "assigned" && body.handover === true) return t("cases.handedOver", { owner: nameIn(body.owner) ?? "", from: nameIn(body.from) ?? t("cases.system") });
  if (kind === "assigned" && typeof body.text === "string") return t("cases.takenOver", { owner: nameIn(body.owner) ?? "", from: nameIn(body.from) ?? t("cases.system") });
  if (kind === "outbox") return t("cases.outbox", { channel: word("outbox.channel", body.channel), state: word("outbox.state", body.state), why: typeof body.reason === "string" ? t(`outbox.reason.${body.reason}`) : typeof body.why === "string" ? body.why : "" });
  return t(`cases.event.${kind}`, {
    clock: word("clockKind", body.clock),
    revision: body.revision ?? "",
    owner: nameIn(body.owner) ?? event.actor?.name ?? t("cases.system"),
    department: typeof body.department === "string" ? t(`department.${body.department}`) : "",
    said: kind === "reading_corrected" ? saidIn(body.said as Correction, t) : "",
    from: state(body.from),
    to: state(body.to),
    channel: word(kind === "message" ? "guard.channel" : "channel", body.channel),
    result: word("callResult", body.result),
    step: word("step", body.step),
    number: other,
    money: typeof body.amount === "string" ? `${body.amount} ${String(body.currency)}` : "",
  });
}

/** Events that carry words of a person. */
const withText: ReadonlySet<string> = new Set(["note", "assigned", "message", "task_asked", "task_answered", "state_changed", "removal", "promise_made", "promise_kept", "promise_broken", "promise_withdrawn", "compensation_asked", "compensation_approved", "compensation_refused", "compensation_reversed", "message_confirmed"]);

export function noteOf(event: CaseEvent): string | null {
  const { text, note }: Record<string, unknown> = event.body;
  if (event.kind === "reading_corrected") return typeof note === "string" ? note : null;
  return withText.has(event.kind) && typeof text === "string" ? text : null;
}
