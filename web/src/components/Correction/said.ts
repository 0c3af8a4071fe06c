import type { TFunction } from "i18next";
import type { Correction } from "../../api/types";

/** What a correction says, in a line: "原因 → 物流、服务；责任方 → 快递". */
export function saidIn(correction: Pick<Correction, "causes" | "sentiment" | "fault">, t: TFunction): string {
  const parts: string[] = [];
  if (correction.causes) {
    const names = correction.causes.map((cause) => t(`cause.${cause}`)).join(t("corrections.and"));
    parts.push(t("corrections.saidOf", { part: t("reviews.cause"), said: names || t("corrections.nothing") }));
  }
  if (correction.sentiment) parts.push(t("corrections.saidOf", { part: t("reviews.sentiment"), said: t(`sentiment.${correction.sentiment}`) }));
  if (correction.fault) parts.push(t("corrections.saidOf", { part: t("reviews.fault"), said: t(`fault.${correction.fault}`) }));
  return parts.join(t("corrections.between"));
}
