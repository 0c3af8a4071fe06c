import type { TFunction } from "i18next";
import type { Case } from "../../api/types";

/** Why the case was opened, in one sentence. */
export function reasonOf(found: Pick<Case, "reason" | "kind" | "review">, t: TFunction): string {
  if (!found.review) return t(`intake.because.${found.kind}`);
  const { rating, verdict } = found.review;
  const words = { stars: rating ?? "", verdict: verdict ? t(`verdict.${verdict}`) : "" };
  if (found.reason === "praise_clash" && rating == null) return t("cases.reason.praise_clash_verdict", words);
  return t(`cases.reason.${found.reason}`, words);
}
