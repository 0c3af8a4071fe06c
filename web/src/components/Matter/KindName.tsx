import { Tag } from "antd";
import { useTranslation } from "react-i18next";
import type { CaseKind } from "../../api/types";

/** What a case is about, where that is no review: those need no word. */
export function KindName({ kind }: { kind: CaseKind }) {
  const { t } = useTranslation();
  return kind === "review" ? null : <Tag variant="filled" color={kind === "dispute" ? "error" : undefined}>{t(`caseKind.${kind}`)}</Tag>;
}
