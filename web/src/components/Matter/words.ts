import type { TFunction } from "i18next";
import type { CaseRow } from "../../api/types";

type About = Pick<CaseRow, "kind"> & {
  review: { title: string | null; text: string } | null;
  matter: { text: string; order_number: string | null } | null;
};

/** What a case says: the words of its review, or what was said of the matter; without any, its kind and order. */
export function saidIn(row: About, t: TFunction): string {
  if (row.review) return row.review.title ?? row.review.text;
  const text = row.matter?.text ?? "";
  return text || [t(`caseKind.${row.kind}`), row.matter?.order_number].filter(Boolean).join(" ");
}

/** The order that a case is about. */
export function orderNumberOf(row: { review: { order_number: string | null } | null; matter: { order_number: string | null } | null }): string | null {
  return row.review?.order_number ?? row.matter?.order_number ?? null;
}
