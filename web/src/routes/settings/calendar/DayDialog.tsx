import { App, DatePicker, Form, Input, Modal, Radio } from "antd";
import dayjs, { type Dayjs } from "dayjs";
import { useTranslation } from "react-i18next";
import { busy } from "../../../components/Busy/busy";
import { useSetDay } from "../../../api/calendar";
import type { CalendarDay } from "../../../api/types";
import { useFieldErrors } from "../../../components/Form/useFieldErrors";
import { Trouble } from "../../../components/Trouble/Trouble";
import { isWorked } from "./spans";

interface DayForm {
  date: Dayjs;
  kind: CalendarDay["kind"];
  name: string;
}

/** Says of one day that it is off or worked, whatever its weekday and the shipped calendar say. */
export function DayDialog({ date, days, onClose }: { date: string; days: CalendarDay[]; onClose: () => void }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const [form] = Form.useForm<DayForm>();
  const set = useSetDay();
  useFieldErrors(form, set.error);
  const said = new Map(days.map((each) => [each.date, each]));
  // What is offered first is the change: a day of work becomes free, a free one is worked.
  const first = { date: dayjs(date), kind: isWorked(date, said) ? "holiday" : "workday", name: said.get(date)?.name ?? "" };
  const save = (input: DayForm) =>
    set.mutate({ date: input.date.format("YYYY-MM-DD"), kind: input.kind, name: input.name.trim() }, {
      onSuccess: () => {
        void message.success(t("calendar.saved"));
        onClose();
      },
    });
  return (
    <Modal open title={t("calendar.add")} okText={t("settings.save")} cancelText={t("action.cancel")} okButtonProps={{ loading: busy(set.isPending) }} onOk={form.submit} onCancel={onClose}>
      <Form<DayForm> form={form} layout="vertical" requiredMark={false} onFinish={save} initialValues={first}>
        <Form.Item name="date" label={t("calendar.day")} rules={[{ required: true, message: t("setup.missing") }]}>
          <DatePicker allowClear={false} />
        </Form.Item>
        <Form.Item name="kind" label={t("calendar.kind")}>
          <Radio.Group options={(["holiday", "workday"] as const).map((value) => ({ value, label: t(`calendar.kindOf.${value}`) }))} />
        </Form.Item>
        <Form.Item name="name" label={t("calendar.name")} rules={[{ required: true, whitespace: true, message: t("setup.missing") }]}>
          <Input maxLength={80} placeholder={t("calendar.example")} autoFocus />
        </Form.Item>
      </Form>
      <Trouble error={set.error} />
    </Modal>
  );
}
