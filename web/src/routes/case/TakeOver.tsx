import { Form, Input, Modal } from "antd";
import { useTranslation } from "react-i18next";
import { busy as shownBusy } from "../../components/Busy/busy";
import { GuardOfField } from "../../components/Guard/GuardOfField";
import { Trouble } from "../../components/Trouble/Trouble";

interface Props {
  caseId: string;
  /** Who has the case. */
  name: string;
  error: unknown;
  busy: boolean;
  onClose: () => void;
  onTake: (reason: string) => void;
}

/** Why somebody takes over the case of a colleague. */
export function TakeOver({ caseId, name, error, busy, onClose, onTake }: Props) {
  const { t } = useTranslation();
  const [form] = Form.useForm<{ reason: string }>();
  return (
    <Modal open title={t("cases.takeOverTitle")} okText={t("cases.takeOver")} cancelText={t("action.cancel")} okButtonProps={{ loading: shownBusy(busy) }} onOk={form.submit} onCancel={onClose}>
      <p>{t("cases.takeOverHelp", { name })}</p>
      <Form form={form} layout="vertical" requiredMark={false} onFinish={({ reason }) => onTake(reason.trim())} initialValues={{ reason: "" }}>
        <Form.Item name="reason" label={t("cases.takeOverWhy")} rules={[{ required: true, whitespace: true, message: t("setup.missing") }]}>
          <Input maxLength={200} autoFocus />
        </Form.Item>
        <GuardOfField form={form} name="reason" where={{ case: caseId, channel: "note" }} />
      </Form>
      <Trouble error={error} />
    </Modal>
  );
}
