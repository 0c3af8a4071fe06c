import { Form, Input, Modal } from "antd";
import { useTranslation } from "react-i18next";
import { busy as shownBusy } from "../../../components/Busy/busy";
import { GuardOfField } from "../../../components/Guard/GuardOfField";
import { Trouble } from "../../../components/Trouble/Trouble";

interface Props {
  caseId: string;
  error: unknown;
  busy: boolean;
  onClose: () => void;
  onReopen: (text: string) => void;
}

/** Why an ended case opens again. */
export function ReopenCase({ caseId, error, busy, onClose, onReopen }: Props) {
  const { t } = useTranslation();
  const [form] = Form.useForm<{ text: string }>();
  return (
    <Modal open title={t("casework.reopenTitle")} okText={t("casework.reopen")} cancelText={t("action.cancel")} okButtonProps={{ loading: shownBusy(busy) }} onOk={form.submit} onCancel={onClose}>
      <Form<{ text: string }> form={form} layout="vertical" requiredMark={false} onFinish={({ text }) => onReopen(text.trim())} initialValues={{ text: "" }}>
        <Form.Item name="text" label={t("casework.endNote")} rules={[{ required: true, whitespace: true, message: t("casework.reopenMissing") }]}>
          <Input.TextArea autoFocus autoSize={{ minRows: 2, maxRows: 6 }} maxLength={4000} />
        </Form.Item>
        <GuardOfField form={form} name="text" where={{ case: caseId, channel: "note" }} />
      </Form>
      <Trouble error={error} />
    </Modal>
  );
}
