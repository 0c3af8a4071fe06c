import { CopyOutlined, DownloadOutlined } from "@ant-design/icons";
import { Alert, App, Button } from "antd";
import { useTranslation } from "react-i18next";
import { useMe } from "../../../api/session";
import { copyText } from "../../../components/Once/copy";
import { save } from "../../../components/Once/save";
import { codesFile } from "../../../format/code";
import styles from "./Security.module.css";

/** Codes for the day the phone is lost, shown this once. */
export function RecoveryCodes({ codes }: { codes: string[] }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const { data: me } = useMe();
  const text = codesFile(t("security.codesFor", { login: me?.user.login ?? "", tenant: me?.tenant.name ?? "" }), codes);
  const copy = async () => {
    if (await copyText(text)) void message.success(t("once.copied"));
    else void message.warning(t("security.copyByHand"));
  };
  return (
    <>
      <Alert type="success" showIcon role="status" title={t("security.totpIsOnNow")} description={t("security.codesHint")} />
      <ul className={styles.codes} aria-label={t("security.codes")}>
        {codes.map((code) => <li key={code}>{code}</li>)}
      </ul>
      <div className={styles.buttons}>
        <Button icon={<CopyOutlined />} onClick={() => void copy()}>{t("once.copy")}</Button>
        <Button icon={<DownloadOutlined />} onClick={() => save(new Blob([text], { type: "text/plain;charset=utf-8" }), "pingxin-recovery-codes.txt")}>{t("security.download")}</Button>
      </div>
    </>
  );
}
