import { Button, Form, Input } from "antd";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { busy } from "../../components/Busy/busy";
import { codeOnly } from "../../format/code";

interface Props {
  isPending: boolean;
  isWaiting: boolean;
  problem: ReactNode;
  onSend: (code: string) => void;
  onBack: () => void;
}

/** The second step: the code of the app, or one of the codes kept for a lost phone. */
export function CodeStep({ isPending, isWaiting, problem, onSend, onBack }: Props) {
  const { t } = useTranslation();
  const [isLost, setLost] = useState(false);
  return (
    <Form<{ code: string }> layout="vertical" requiredMark={false} onFinish={({ code }) => onSend(codeOnly(code))} disabled={isPending} key={String(isLost)}>
      <Form.Item name="code" label={t(isLost ? "login.recovery" : "login.code")} extra={t(isLost ? "login.recoveryHelp" : "login.codeHelp")} rules={[{ required: true, message: t("login.codeMissing") }]}>
        <Input inputMode={isLost ? "text" : "numeric"} autoComplete="one-time-code" autoCapitalize="none" maxLength={40} autoFocus />
      </Form.Item>
      {problem && <Form.Item>{problem}</Form.Item>}
      <Button type="primary" htmlType="submit" block disabled={isWaiting} loading={busy(isPending)}>{t("login.submit")}</Button>
      <div style={{ display: "flex", justifyContent: "space-between", marginTop: 12 }}>
        <Button type="link" style={{ paddingInline: 0 }} onClick={onBack}>{t("login.back")}</Button>
        <Button type="link" style={{ paddingInline: 0 }} onClick={() => setLost(!isLost)}>{t(isLost ? "login.useCode" : "login.useRecovery")}</Button>
      </div>
    </Form>
  );
}
