import { App, Modal } from "antd";
import { useTranslation } from "react-i18next";
import { busy } from "../../../components/Busy/busy";
import { useDisableTotp } from "../../../api/security";
import { AskPassword } from "./AskPassword";

export function TotpOff({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const disable = useDisableTotp();
  const send = (password: string) =>
    disable.mutate(password, {
      onSuccess: () => {
        void message.success(t("security.totpIsOffNow"));
        onClose();
      },
    });
  return (
    <Modal
      open
      title={t("security.totpOff")}
      okText={t("security.totpOff")}
      okButtonProps={{ danger: true, htmlType: "submit", form: "totp-off", loading: busy(disable.isPending) }}
      cancelText={t("action.cancel")}
      onCancel={onClose}
    >
      <AskPassword id="totp-off" hint={t("security.totpOffText")} error={disable.error} onSend={send} />
    </Modal>
  );
}
