import { Form, Input, Modal, Radio, Select } from "antd";
import { useTranslation } from "react-i18next";
import { useCorrect, useUndoCorrection } from "../../api/corrections";
import { type Cause, faults, type Review, sentiments } from "../../api/types";
import { causes } from "../../filter/spec";
import { busy } from "../Busy/busy";
import { useFieldErrors } from "../Form/useFieldErrors";
import { GuardOfField } from "../Guard/GuardOfField";
import { useUndo } from "../Keys/useUndo";
import { Trouble } from "../Trouble/Trouble";
import { changedIn, type Judged, judgedIn } from "./changed";

interface CorrectForm extends Omit<Judged, "primary"> {
  primary: Cause | "none";
  note: string;
}

const longest = 500;

/** What a review really says: its causes, how favourable it is, whose fault that is. The reading itself stays as it was. */
export function CorrectDialog({ review, onClose }: { review: Review; onClose: () => void }) {
  const { t } = useTranslation();
  const [form] = Form.useForm<CorrectForm>();
  const correct = useCorrect();
  const undo = useUndoCorrection();
  const offer = useUndo();
  useFieldErrors(form, correct.error);
  const before = judgedIn(review);
  const first: CorrectForm = { ...before, primary: before.primary ?? "none", note: "" };
  const now = Form.useWatch([], form) ?? first;
  const judged = ({ primary, ...rest }: CorrectForm): Judged => ({ ...rest, others: rest.others ?? [], primary: primary === "none" ? null : primary });
  const changed = changedIn(before, judged({ ...first, ...now }));
  const save = (input: CorrectForm) => {
    const said = changedIn(before, judged({ ...first, ...input }));
    if (!said) return;
    correct.mutate({ review: review.id, ...said, note: input.note.trim() || null }, {
      onSuccess: (made) => {
        offer(t("corrections.saved"), () => undo.mutate(made.id));
        onClose();
      },
    });
  };
  const names = causes.map((value) => ({ value, label: t(`cause.${value}`) }));
  return (
    <Modal open title={t("corrections.dialog")} okText={t("corrections.save")} cancelText={t("action.cancel")} okButtonProps={{ loading: busy(correct.isPending), disabled: !changed }} onOk={form.submit} onCancel={onClose}>
      <Form<CorrectForm> form={form} layout="vertical" requiredMark={false} onFinish={save} initialValues={first}>
        <Form.Item name="primary" label={t("corrections.primary")}>
          <Select options={[{ value: "none", label: t("corrections.nothing") }, ...names]} />
        </Form.Item>
        {now.primary !== "none" && (
          <Form.Item name="others" label={t("corrections.others")}>
            <Select mode="multiple" allowClear options={names.filter(({ value }) => value !== now.primary)} />
          </Form.Item>
        )}
        <Form.Item name="sentiment" label={t("reviews.sentiment")}>
          <Radio.Group optionType="button" options={sentiments.map((value) => ({ value, label: t(`sentiment.${value}`) }))} />
        </Form.Item>
        <Form.Item name="fault" label={t("reviews.fault")}>
          <Select options={faults.map((value) => ({ value, label: t(`fault.${value}`) }))} />
        </Form.Item>
        <Form.Item name="note" label={t("corrections.note")} extra={t("corrections.help")}>
          <Input.TextArea autoSize={{ minRows: 2, maxRows: 6 }} maxLength={longest} placeholder={t("corrections.example")} />
        </Form.Item>
        <GuardOfField form={form} name="note" where={{ review: review.id, channel: "note" }} />
      </Form>
      <Trouble error={correct.error} />
    </Modal>
  );
}
