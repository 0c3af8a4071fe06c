import { DatePicker, Form, Input, Modal } from "antd";
import dayjs, { type Dayjs } from "dayjs";
import { useTranslation } from "react-i18next";
import { useRemovalStep } from "../../api/removals";
import type { RequestStep } from "../../api/types";
import { busy } from "../Busy/busy";
import { GuardOfField } from "../Guard/GuardOfField";
import { Trouble } from "../Trouble/Trouble";

interface Values {
  at: Dayjs | null;
  text: string;
  platform_case_id: string;
}

/** Notes what became of a request. */
export function StepForm({ id, review, kind, onClose }: { id: string; review: string; kind: RequestStep; onClose: (said?: string) => void }) {
  const { t } = useTranslation();
  const [form] = Form.useForm<Values>();
  const step = useRemovalStep(id);
  const send = ({ at, text, platform_case_id }: Values) =>
    step.mutate(
      { kind, at: at?.toISOString() ?? null, text: text?.trim() || null, platform_case_id: platform_case_id?.trim() || null },
      { onSuccess: () => onClose(t(`removal.stepKept.${kind}`)) },
    );
  return (
    <Modal open title={t(`removal.doStep.${kind}`)} okText={t("removal.keep")} cancelText={t("action.cancel")} okButtonProps={{ loading: busy(step.isPending) }} onOk={form.submit} onCancel={() => onClose()}>
      <Form<Values> form={form} layout="vertical" requiredMark={false} initialValues={{ at: null, text: "", platform_case_id: "" }} onFinish={send}>
        <Form.Item name="text" label={t(`removal.stepText.${kind}`)}>
          <Input.TextArea autoFocus autoSize={{ minRows: 3, maxRows: 8 }} maxLength={4000} />
        </Form.Item>
        <GuardOfField form={form} name="text" where={{ review, channel: "note" }} />
        <Form.Item name="platform_case_id" label={t("removal.number")}>
          <Input maxLength={100} />
        </Form.Item>
        <Form.Item name="at" label={t("removal.stepAt")} extra={t("removal.filedAtHelp")}>
          <DatePicker showTime={{ format: "HH:mm", minuteStep: 5 }} format="YYYY-MM-DD HH:mm" maxDate={dayjs()} />
        </Form.Item>
      </Form>
      <Trouble error={step.error} />
    </Modal>
  );
}
