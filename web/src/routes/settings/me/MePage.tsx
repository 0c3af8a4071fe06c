import { useTranslation } from "react-i18next";
import { Panel } from "../../../components/Panel/Panel";
import { Card, SectionPage } from "../SectionPage";
import { PersonPanel } from "./PersonPanel";

export function MePage() {
  const { t } = useTranslation();
  return (
    <SectionPage of="me">
      <Card><Panel title={t("settings.person")}><PersonPanel /></Panel></Card>
    </SectionPage>
  );
}
