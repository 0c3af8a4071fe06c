import { DatePicker, Form, Input, Modal, Radio } from "antd";
import dayjs, { type Dayjs } from "dayjs";
import { useTranslation } from "react-i18next";
import type { CaseWish } from "../../../api/cases";
import type { WaitingFor } from "../../../api/types";
import { busy as shownBusy } from "../../../components/Busy/busy";
import { GuardOfField } from "../../../components/Guard/GuardOfField";
import { Trouble } from "../../../components/Trouble/Trouble";
import { waitingFor } from "../../../filter/spec";

interface Waiting {
  on?: WaitingFor;
  until: Dayjs | null;
  text: string;
}

interface Props {
  caseId: string;
  error: unknown;
  busy: boolean;
  onClose: () => void;
  onWait: (wish: CaseWish) => void;
}

/** Whom the case waits for, and until when at the latest. */
export function WaitCase({ caseId, error, busy, onClose, onWait }: Props) {
  const { t } = useTranslation();
  const [form] = Form.useForm<Waiting>();
  const wait = ({ on, until, text }: Waiting) => {
    if (on) onWait({ state: "waiting", waiting_for: on, until: until?.toISOString() ?? null, text: text.trim() || null });
  };
  return (
    <Modal open title={t("casework.waitTitle")} okText={t("casework.wait")} cancelText={t("action.cancel")} okButtonProps={{ loading: shownBusy(busy) }} onOk={form.submit} onCancel={onClose}>
      <Form<Waiting> form={form} layout="vertical" requiredMark={false} onFinish={wait} initialValues={{ until: null, text: "" }}>
        <Form.Item name="on" label={t("casework.waitingFor")} rules={[{ required: true, message: t("casework.pickWaiting") }]}>
          <Radio.Group optionType="button" options={waitingFor.map((value) => ({ value, label: t(`waitingFor.${value}`) }))} />
        </Form.Item>
        <Form.Item name="until" label={t("casework.waitUntil")} extra={t("casework.waitUntilHelp")}>
          <DatePicker showTime={{ format: "HH:mm", minuteStep: 5 }} format="YYYY-MM-DD HH:mm" minDate={dayjs().startOf("day")} />
        </Form.Item>
        <Form.Item name="text" label={t("casework.endNote")}>
          <Input.TextArea autoSize={{ minRows: 1, maxRows: 4 }} maxLength={4000} />
        </Form.Item>
        <GuardOfField form={form} name="text" where={{ case: caseId, channel: "note" }} />
      </Form>
      <Trouble error={error} />
    </Modal>
  );
}
