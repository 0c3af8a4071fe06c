import { Alert } from "antd";
import { useTranslation } from "react-i18next";
import { explain } from "../../components/Trouble/explain";
import type { Next } from "./problem";

interface Props {
  error: unknown;
  next: Next;
  /** When the next try is looked at. */
  until: number | null;
  seconds: number;
}

/** Why somebody was not let in, and from when on he may try again. */
export function Refused({ error, next, until, seconds }: Props) {
  const { t, i18n } = useTranslation();
  // That a code is needed is no failure; the page asks for it.
  if (next.kind === "code" && !next.wasWrong) return null;
  const time = until === null ? "" : new Intl.DateTimeFormat(i18n.language, { hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23" }).format(until);
  const wait = next.kind === "wait" ? (seconds > 0 ? t("login.wait", { seconds, time }) : t("login.waitOver")) : undefined;
  return <Alert type="error" showIcon role="alert" title={explain(error, t)} description={wait} />;
}
