import { App, Button, DatePicker, Form, Input, Modal, Radio } from "antd";
import dayjs, { type Dayjs } from "dayjs";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { busy } from "../../components/Busy/busy";
import { useCreateTask } from "../../api/tasks";
import { heldIn } from "../../api/guard";
import type { Department } from "../../api/types";
import { useFieldErrors } from "../../components/Form/useFieldErrors";
import { usualDeadlines } from "../../components/Tasks/due";
import { GuardPanel } from "../../components/Guard/GuardPanel";
import tasks from "../../components/Tasks/Tasks.module.css";
import { Trouble } from "../../components/Trouble/Trouble";
import { departments } from "../settings/people/access";

interface TaskForm {
  department: Department;
  text: string;
  due_at: Dayjs | null;
}

/** Asks another department. It will see the text, the shop and the order number, never the buyer. */
export function GiveTask({ caseId, onClose }: { caseId: string; onClose: () => void }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const [form] = Form.useForm<TaskForm>();
  const create = useCreateTask();
  useFieldErrors(form, create.error);
  const department = Form.useWatch("department", form) ?? "warehouse";
  const text = Form.useWatch("text", form) ?? "";
  const usual = useMemo(() => usualDeadlines(dayjs()), []);
  const send = ({ department: to, text, due_at }: TaskForm) =>
    create.mutate({ caseId, department: to, text: text.trim(), due_at: due_at?.toISOString() ?? null }, {
      onSuccess: (answer) => {
        void message.success(heldIn(answer) ? t("guard.held") : t("tasks.given", { department: t(`department.${to}`) }));
        onClose();
      },
    });
  return (
    <Modal open title={t("tasks.give")} okText={t("tasks.send")} cancelText={t("action.cancel")} okButtonProps={{ loading: busy(create.isPending) }} onOk={form.submit} onCancel={onClose}>
      <Form<TaskForm> form={form} layout="vertical" requiredMark={false} onFinish={send} initialValues={{ department: "warehouse", text: "", due_at: usual[0]?.at ?? null }}>
        <Form.Item name="department" label={t("tasks.to")}>
          <Radio.Group optionType="button" options={departments.map((value) => ({ value, label: t(`department.${value}`) }))} />
        </Form.Item>
        <Form.Item name="text" label={t("tasks.what")} extra={t("tasks.whatHelp")} rules={[{ required: true, whitespace: true, message: t("tasks.whatMissing") }]}>
          <Input.TextArea autoFocus autoSize={{ minRows: 3, maxRows: 8 }} maxLength={2000} placeholder={t(`tasks.askExample.${department}`)} onKeyDown={(event) => { if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) form.submit(); }} />
        </Form.Item>
        <GuardPanel text={text} where={{ case: caseId, channel: "task" }} onUse={(better) => form.setFieldsValue({ text: better })} />
        <Form.Item name="due_at" label={t("tasks.due")}>
          <DatePicker showTime={{ format: "HH:mm", minuteStep: 5 }} format="YYYY-MM-DD HH:mm" minDate={dayjs().startOf("day")} />
        </Form.Item>
        <div className={tasks.buttons} style={{ margin: "-8px 0 12px" }}>
          {usual.map(({ key, at }) => <Button key={key} size="small" onClick={() => form.setFieldsValue({ due_at: at })}>{t(`tasks.deadline.${key}`)}</Button>)}
        </div>
      </Form>
      <Trouble error={create.error} />
    </Modal>
  );
}
