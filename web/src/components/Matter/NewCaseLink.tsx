import { useTranslation } from "react-i18next";
import { useMay } from "../../api/session";
import { LinkButton } from "../LinkButton/LinkButton";

/** To the form of a new case about this order or buyer. */
export function NewCaseLink(about: { shop: string; order?: string; buyer?: string; nick?: string | null }) {
  const { t } = useTranslation();
  const may = useMay("case.handle");
  if (!may) return null;
  const said = Object.entries(about).filter((part): part is [string, string] => Boolean(part[1]));
  return <LinkButton size="small" to={`/cases/new?${new URLSearchParams(said).toString()}`}>{t("intake.new")}</LinkButton>;
}
