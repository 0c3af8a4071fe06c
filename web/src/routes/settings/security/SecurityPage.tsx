import { useTranslation } from "react-i18next";
import { Panel } from "../../../components/Panel/Panel";
import { Card, SectionPage } from "../SectionPage";
import { PasswordForm } from "./PasswordForm";
import { TotpPanel } from "./TotpPanel";

export function SecurityPage() {
  const { t } = useTranslation();
  return (
    <SectionPage of="security">
      <Card><Panel title={t("security.password")}><PasswordForm /></Panel></Card>
      <Card><Panel title={t("security.totp")}><TotpPanel /></Panel></Card>
    </SectionPage>
  );
}
