import type { TFunction } from "i18next";
import { ApiProblem } from "../../api/problem";

/** What went wrong, in words for the reader: the server's own where it sent some. */
export function explain(error: unknown, t: TFunction): string {
  if (error instanceof ApiProblem) return error.message || t("trouble.unknown", { status: error.status });
  return `${t("trouble.unreachable")}${t("trouble.unreachableNext")}`;
}
