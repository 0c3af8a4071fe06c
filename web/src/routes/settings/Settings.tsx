import { Grid } from "antd";
import { Outlet } from "react-router";
import { SettingsChoice, SettingsNav } from "./SettingsNav";
import styles from "./Settings.module.css";

/** The settings: which parts there are, and the one that the address names. */
export function Settings() {
  const isWide = Grid.useBreakpoint().lg ?? true;
  return (
    <div className={styles.settings}>
      {isWide ? <SettingsNav /> : <SettingsChoice />}
      <Outlet />
    </div>
  );
}
