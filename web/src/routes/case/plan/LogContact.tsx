import { DatePicker, Form, Input, InputNumber, Modal, Radio } from "antd";
import dayjs, { type Dayjs } from "dayjs";
import { useTranslation } from "react-i18next";
import { useLogAttempt, usePlan } from "../../../api/plan";
import type { CallResult, Case, ContactChannel } from "../../../api/types";
import { busy } from "../../../components/Busy/busy";
import { useFieldErrors } from "../../../components/Form/useFieldErrors";
import { GuardOfField } from "../../../components/Guard/GuardOfField";
import { Trouble } from "../../../components/Trouble/Trouble";

const channels: ContactChannel[] = ["phone", "platform_message", "sms", "email", "chat"];
const results: CallResult[] = ["no_answer", "talked", "promised", "refused", "changed"];

interface Logged {
  channel: ContactChannel;
  result: CallResult;
  at: Dayjs | null;
  minutes: number | null;
  note: string;
}

/** One contact with the buyer. There is no field for another phone number or account of his. */
export function LogContact({ found, onClose, onLogged }: { found: Case; onClose: () => void; onLogged: (id: string) => void }) {
  const { t } = useTranslation();
  const [form] = Form.useForm<Logged>();
  const { data: plan } = usePlan(found.id);
  const log = useLogAttempt(found.id);
  useFieldErrors(form, log.error);
  const save = ({ channel, result, at, minutes, note }: Logged) =>
    log.mutate({ channel, result, at: at?.toISOString() ?? null, seconds: minutes === null ? null : Math.round(minutes * 60), note: note.trim() || null }, {
      onSuccess: ({ id }) => {
        onClose();
        onLogged(id);
      },
    });
  return (
    <Modal open title={t("casework.log")} okText={t("casework.logShort")} cancelText={t("action.cancel")} okButtonProps={{ loading: busy(log.isPending) }} onOk={form.submit} onCancel={onClose}>
      <Form<Logged> form={form} layout="vertical" requiredMark={false} onFinish={save} initialValues={{ channel: plan?.contacts[0]?.channel ?? "platform_message", result: "no_answer", at: null, minutes: null, note: "" }}>
        <Form.Item name="channel" label={t("casework.channel")}>
          <Radio.Group optionType="button" options={channels.map((value) => ({ value, label: t(`channel.${value}`) }))} />
        </Form.Item>
        <Form.Item name="result" label={t("casework.result")}>
          <Radio.Group optionType="button" options={results.map((value) => ({ value, label: t(`callResult.${value}`) }))} />
        </Form.Item>
        <Form.Item name="at" label={t("casework.when")}>
          <DatePicker showTime={{ format: "HH:mm" }} format="YYYY-MM-DD HH:mm" maxDate={dayjs().endOf("day")} placeholder={dayjs().format("YYYY-MM-DD HH:mm")} />
        </Form.Item>
        <Form.Item name="minutes" label={t("casework.length")}>
          <InputNumber min={0} max={1440} />
        </Form.Item>
        <Form.Item name="note" label={t("casework.note")} extra={t("casework.noteHelp")}>
          <Input.TextArea autoSize={{ minRows: 2, maxRows: 6 }} maxLength={4000} onKeyDown={(event) => { if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) form.submit(); }} />
        </Form.Item>
        <GuardOfField form={form} name="note" where={{ case: found.id, channel: "note" }} />
      </Form>
      <Trouble error={log.error} />
    </Modal>
  );
}
