import { Button, Segmented } from "antd";
import { useTranslation } from "react-i18next";
import { useLogout, useMe, useSaveLocale } from "../../../api/session";
import { busy } from "../../../components/Busy/busy";
import { Trouble } from "../../../components/Trouble/Trouble";
import { speak } from "../../../i18n";
import { type Language, languages } from "../../../i18n/language";
import { languageNames } from "../../../i18n/names";
import { type Mode, modes, setMode, useMode } from "../../../theme/mode";
import styles from "../Settings.module.css";

export function PersonPanel() {
  const { t, i18n } = useTranslation();
  const { data: me } = useMe();
  const save = useSaveLocale();
  const logout = useLogout();
  const mode = useMode();
  if (!me) return null;
  const choose = async (language: Language) => {
    await speak(language);
    save.mutate(language);
  };
  return (
    <>
      <dl className={styles.facts}>
        <dt>{t("settings.name")}</dt>
        <dd>{me.user.display_name}</dd>
        <dt>{t("settings.login")}</dt>
        <dd>{me.user.login}</dd>
        <dt>{t("settings.role")}</dt>
        <dd>{t(`role.${me.user.role}`)}</dd>
        <dt>{t("settings.tenant")}</dt>
        <dd>{me.tenant.name}</dd>
        <dt>{t("top.language")}</dt>
        <dd>
          <Segmented
            aria-label={t("top.language")}
            value={i18n.language}
            onChange={(language) => void choose(language as Language)}
            options={languages.map((value) => ({ value, label: languageNames[value] }))}
          />
        </dd>
        <dt>{t("top.theme")}</dt>
        <dd>
          <Segmented aria-label={t("top.theme")} value={mode} onChange={(value) => setMode(value as Mode)} options={modes.map((value) => ({ value, label: t(`theme.${value}`) }))} />
        </dd>
      </dl>
      <Trouble error={save.error ?? logout.error} />
      <div className={styles.out}>
        <Button onClick={() => logout.mutate()} loading={busy(logout.isPending)}>{t("person.signOut")}</Button>
        <span className={styles.quiet}>{t("settings.signOutHere")}</span>
      </div>
    </>
  );
}
