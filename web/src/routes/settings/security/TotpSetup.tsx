import { Button, Modal, Steps } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useBeginTotp, useConfirmTotp } from "../../../api/security";
import type { TotpSecret } from "../../../api/types";
import { busy } from "../../../components/Busy/busy";
import { AskPassword } from "./AskPassword";
import { RecoveryCodes } from "./RecoveryCodes";
import { ScanSecret } from "./ScanSecret";

/** Turning the second step on: password, then the app, then codes for a lost phone. */
export function TotpSetup({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const begin = useBeginTotp();
  const confirm = useConfirmTotp();
  const [secret, setSecret] = useState<TotpSecret | null>(null);
  const [codes, setCodes] = useState<string[] | null>(null);
  const step = codes ? 2 : secret ? 1 : 0;
  // Once there are recovery codes, only the button below them closes the dialog: they are shown once.
  const isFree = codes === null;
  const footer = codes
    ? [<Button key="done" type="primary" onClick={onClose}>{t("security.codesKept")}</Button>]
    : [
        <Button key="cancel" onClick={onClose}>{t("action.cancel")}</Button>,
        <Button key="next" type="primary" htmlType="submit" form={`totp-${step}`} loading={busy(begin.isPending || confirm.isPending)}>{t(step === 0 ? "security.next" : "security.turnOn")}</Button>,
      ];
  return (
    <Modal open title={t("security.totpOn")} footer={footer} closable={isFree} keyboard={isFree} mask={{ closable: false }} onCancel={onClose} width={520}>
      <Steps size="small" current={step} items={["password", "app", "codes"].map((each) => ({ title: t(`security.step.${each}`) }))} style={{ margin: "4px 0 16px" }} />
      {step === 0 && <AskPassword id="totp-0" hint={t("security.beginHint")} error={begin.error} onSend={(password) => begin.mutate(password, { onSuccess: setSecret })} />}
      {step === 1 && secret && <ScanSecret id="totp-1" secret={secret} error={confirm.error} onSend={(code) => confirm.mutate(code, { onSuccess: ({ recovery_codes }) => setCodes(recovery_codes) })} />}
      {codes && <RecoveryCodes codes={codes} />}
    </Modal>
  );
}
