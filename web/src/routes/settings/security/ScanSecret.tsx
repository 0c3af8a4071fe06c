import { Form, Input, QRCode } from "antd";
import { useTranslation } from "react-i18next";
import type { TotpSecret } from "../../../api/types";
import { CopyLine } from "../../../components/Once/CopyLine";
import { Trouble } from "../../../components/Trouble/Trouble";
import { codeOnly, spaced } from "../../../format/code";
import styles from "./Security.module.css";

interface Props {
  id: string;
  secret: TotpSecret;
  error: unknown;
  onSend: (code: string) => void;
}

/** The secret as a picture for the phone's camera and as a text for everybody else; then the first code. */
export function ScanSecret({ id, secret, error, onSend }: Props) {
  const { t } = useTranslation();
  return (
    <Form<{ code: string }> id={id} layout="vertical" requiredMark={false} onFinish={({ code }) => onSend(codeOnly(code))}>
      <p>{t("security.scanHint")}</p>
      <div className={styles.scan}>
        <div role="img" aria-label={t("security.picture")} className={styles.picture}>
          <QRCode type="svg" value={secret.uri} size={164} color="#000000" bgColor="#ffffff" bordered={false} />
        </div>
        <div>
          <p className={styles.byHand}>{t("security.byHand")}</p>
          <CopyLine label={t("security.secret")} text={spaced(secret.secret)} />
        </div>
      </div>
      <Form.Item name="code" label={t("security.firstCode")} rules={[{ required: true, message: t("security.codeMissing") }]}>
        <Input inputMode="numeric" autoComplete="one-time-code" maxLength={12} autoFocus className={styles.code} />
      </Form.Item>
      <Trouble error={error} />
    </Form>
  );
}
