import type { i18n as Words } from "i18next";
import type { AuditEntry } from "../../../api/audit";

function text(value: unknown): string {
  if (typeof value === "string") return value;
  if (typeof value === "number") return String(value);
  if (value && typeof value === "object" && "name" in value) return text((value as { name: unknown }).name);
  return "";
}

/** The name of what an entry is about, where its detail has one. */
function nameIn(detail: AuditEntry["detail"]): string {
  for (const key of ["name", "display_name", "login", "title", "file_name", "number", "text"]) {
    const found = text(detail[key]);
    if (found) return found;
  }
  return "";
}

const asWords = new Set(["field", "role", "kind", "department"]);

/** One entry, told without its actor: "添加了店铺 青禾". An action without words of its own is told by its code. */
export function sentenceOf(entry: AuditEntry, words: Words): string {
  const { t } = words;
  const detail = entry.detail ?? {};
  const key = `deed.${entry.action}`;
  if (!words.exists(key)) return t("audit.other", { action: entry.action });
  const values: Record<string, string> = {};
  for (const [name, value] of Object.entries(detail)) {
    const code = text(value);
    const word = `deedWord.${name}.${code}`;
    values[name] = asWords.has(name) && code && words.exists(word) ? t(`deedWord.${name}.${code}`) : code;
  }
  const sentence = t(`deed.${entry.action}`, { ...values, thing: nameIn(detail) });
  return sentence.replace(/\s{2,}/gu, " ").trim();
}

/** Who did it: a person by name, the command line and the program itself by what they are. */
export function actorOf({ actor }: AuditEntry, words: Words): string {
  if (actor.kind === "user") return actor.name;
  return words.t(`audit.actor.${actor.kind}`);
}
