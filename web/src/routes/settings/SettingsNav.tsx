import { Select } from "antd";
import { useTranslation } from "react-i18next";
import { NavLink, useLocation, useNavigate } from "react-router";
import { useMe } from "../../api/session";
import { groups, openTo } from "./sections";
import styles from "./Settings.module.css";

function useGroups() {
  const { data: me } = useMe();
  const open = openTo(me?.permissions ?? []);
  return groups.map((group) => ({ group, parts: open.filter((each) => each.group === group) })).filter(({ parts }) => parts.length > 0);
}

/** The parts of the settings that this person may use, beside the page. */
export function SettingsNav() {
  const { t } = useTranslation();
  return (
    <nav className={styles.nav} aria-label={t("settings.nav")}>
      {useGroups().map(({ group, parts }) => (
        <section key={group} aria-label={t(`settings.group.${group}`)}>
          <h2>{t(`settings.group.${group}`)}</h2>
          <ul>
            {parts.map(({ key }) => (
              <li key={key}><NavLink to={`/settings/${key}`}>{t(`settings.section.${key}`)}</NavLink></li>
            ))}
          </ul>
        </section>
      ))}
    </nav>
  );
}

/** The same on a narrow window, above the page. */
export function SettingsChoice() {
  const { t } = useTranslation();
  const go = useNavigate();
  const here = useLocation().pathname.split("/")[2];
  return (
    <div className={styles.choice}>
      <Select
        aria-label={t("settings.nav")}
        value={here}
        onChange={(key: string) => void go(`/settings/${key}`)}
        options={useGroups().map(({ group, parts }) => ({
          label: t(`settings.group.${group}`),
          options: parts.map(({ key }) => ({ value: key, label: t(`settings.section.${key}`) })),
        }))}
      />
    </div>
  );
}
