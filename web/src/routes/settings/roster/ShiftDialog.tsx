import { App, DatePicker, Form, Modal, Radio, Select, TimePicker } from "antd";
import dayjs, { type Dayjs } from "dayjs";
import { useTranslation } from "react-i18next";
import { useAddShifts } from "../../../api/clocks";
import { busy } from "../../../components/Busy/busy";
import { Trouble } from "../../../components/Trouble/Trouble";
import { shiftOf } from "./week";

interface ShiftForm {
  people: string[];
  kind: "shift" | "away";
  day: Dayjs;
  days: [Dayjs, Dayjs];
  time: [Dayjs, Dayjs];
}

interface Props {
  person?: string;
  day: Dayjs;
  people: { id: string; display_name: string }[];
  onClose: () => void;
}

/** A shift of a day, or an absence of some days. */
export function ShiftDialog({ person, day, people, onClose }: Props) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const [form] = Form.useForm<ShiftForm>();
  const kind = Form.useWatch("kind", form) ?? "shift";
  const add = useAddShifts();
  const save = (input: ShiftForm) => {
    const shifts = input.people.map((one) =>
      input.kind === "shift"
        ? shiftOf(one, input.day, input.time[0], input.time[1])
        : { person: one, from: input.days[0].startOf("day").toISOString(), to: input.days[1].startOf("day").add(1, "day").toISOString(), away: true },
    );
    add.mutate(shifts, { onSuccess: () => { void message.success(t("roster.added")); onClose(); } });
  };
  const needed = [{ required: true, message: t("setup.missing") }];
  const at = (hour: number) => dayjs().startOf("day").hour(hour);
  const first = { people: person ? [person] : [], kind: "shift" as const, day, days: [day, day], time: [at(9), at(17)] };
  return (
    <Modal open title={t("roster.add")} okText={t("settings.save")} cancelText={t("action.cancel")} okButtonProps={{ loading: busy(add.isPending) }} onOk={form.submit} onCancel={onClose}>
      <Form<ShiftForm> form={form} layout="vertical" requiredMark={false} onFinish={save} initialValues={first}>
        <Form.Item name="people" label={t("roster.who")} rules={needed}>
          <Select mode="multiple" autoFocus={!person} showSearch={{ optionFilterProp: "label" }} options={people.map(({ id, display_name }) => ({ value: id, label: display_name }))} />
        </Form.Item>
        <Form.Item name="kind" label={t("roster.kind")}>
          <Radio.Group options={(["shift", "away"] as const).map((value) => ({ value, label: t(`roster.kindOf.${value}`) }))} />
        </Form.Item>
        {kind === "shift" ? (
          <>
            <Form.Item name="day" label={t("roster.day")} rules={needed}><DatePicker allowClear={false} /></Form.Item>
            <Form.Item name="time" label={t("roster.time")} extra={t("roster.night")} rules={needed}>
              <TimePicker.RangePicker format="HH:mm" minuteStep={15} order={false} allowClear={false} />
            </Form.Item>
          </>
        ) : <Form.Item name="days" label={t("roster.days")} rules={needed}><DatePicker.RangePicker allowClear={false} /></Form.Item>}
      </Form>
      <Trouble error={add.error} />
    </Modal>
  );
}
