import { CheckCircleOutlined } from "@ant-design/icons";
import { Button } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useMe } from "../../../api/session";
import styles from "../Settings.module.css";
import { TotpOff } from "./TotpOff";
import { TotpSetup } from "./TotpSetup";

/** The second step of signing in: a code from the phone. */
export function TotpPanel() {
  const { t } = useTranslation();
  const { data: me } = useMe();
  const [open, setOpen] = useState<"on" | "off" | null>(null);
  const isOn = me?.user.totp === true;
  return (
    <>
      <p className={styles.hint}>{t("security.totpHint")}</p>
      {isOn ? (
        <div className={styles.out}>
          <span><CheckCircleOutlined style={{ color: "var(--ant-color-success)" }} /> {t("security.totpIsOn")}</span>
          <Button danger onClick={() => setOpen("off")}>{t("security.totpOff")}</Button>
        </div>
      ) : (
        <Button onClick={() => setOpen("on")}>{t("security.totpOn")}</Button>
      )}
      {open === "on" && <TotpSetup onClose={() => setOpen(null)} />}
      {open === "off" && <TotpOff onClose={() => setOpen(null)} />}
    </>
  );
}
