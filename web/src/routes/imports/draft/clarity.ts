import type { ImportPreview, MappedColumn } from "../../../api/types";

export type Clarity = "clear" | "look" | "ask" | "stuck" | "unreadable";

/** A date column of which nobody has said whether day or month comes first. */
export function isOpen({ ambiguous, date_order }: MappedColumn): boolean {
  return ambiguous && date_order === null;
}

/** How clear it is what a file holds: known by its headers, guessed, in need of an answer, not to be read like this, or not at all. */
export function clarityOf(preview: ImportPreview): Clarity {
  if (preview.format === null) return "unreadable";
  if (preview.mapping.some(isOpen)) return "ask";
  if (preview.problem || preview.kind === null) return "stuck";
  return preview.profile?.startsWith("generic-") || preview.rows.some(({ failure }) => failure) ? "look" : "clear";
}
