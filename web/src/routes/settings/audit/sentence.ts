import type { i18n as Words } from "i18next";
import type { AuditEntry } from "../../../api/types";

/** Names of people and shops by their ids; an entry holds only the ids. */
export type Names = ReadonlyMap<string, string>;

/** What a value of an entry says in a sentence; of a change, what it became. */
function text(value: unknown, names: Names): string {
  if (typeof value === "string") return names.get(value) ?? value;
  if (typeof value === "number") return String(value);
  if (value && typeof value === "object" && "to" in value) return text(value.to, names);
  return "";
}

/** The name of what an entry is about: from its detail, else of the person or shop with its id. */
function thingOf(entry: AuditEntry, names: Names): string {
  const detail = (entry.detail ?? {}) as Record<string, unknown>;
  for (const key of ["name", "display_name", "login", "file"]) {
    const found = text(detail[key], names);
    if (found) return found;
  }
  return names.get(entry.subject_id) ?? "";
}

/** One entry, told without its actor: "添加了店铺 青禾". An action without words of its own is told by its code. */
export function sentenceOf(entry: AuditEntry, words: Words, names: Names): string {
  const { t } = words;
  if (!words.exists(`deed.${entry.action}`)) return t("audit.other", { action: entry.action });
  const values: Record<string, string> = {};
  for (const [name, value] of Object.entries(entry.detail ?? {})) {
    const code = text(value, names);
    const word = `deedWord.${name}.${code}`;
    values[name] = code && words.exists(word) ? t(`deedWord.${name}.${code}`) : code;
  }
  const missing = { field: "", owner: "", department: "", file: "", rows: "", things: "" };
  return t(`deed.${entry.action}`, { ...missing, ...values, thing: thingOf(entry, names), subject: entry.subject_id }).replace(/\s{2,}/gu, " ").trim();
}

/** Who did it: a person by name, the command line and the program itself by what they are. */
export function actorOf({ actor }: AuditEntry, words: Words): string {
  if (actor.kind === "user") return actor.name;
  return words.t(`audit.actor.${actor.kind}`, { name: actor.name });
}
