import { useTranslation } from "react-i18next";
import { Panel } from "../../components/Panel/Panel";
import { useTitle } from "../../components/Frame/useTitle";
import { PersonPanel } from "./PersonPanel";
import { ProfilesPanel } from "./ProfilesPanel";
import styles from "./Settings.module.css";
import { ShopsPanel } from "./ShopsPanel";

export function Settings() {
  const { t } = useTranslation();
  useTitle(t("page.settings"));
  return (
    <div className={styles.page}>
      <h1>{t("settings.title")}</h1>
      <div className={styles.card}><Panel title={t("settings.person")}><PersonPanel /></Panel></div>
      <div className={styles.card}><ShopsPanel /></div>
      <div className={styles.card}><ProfilesPanel /></div>
    </div>
  );
}
