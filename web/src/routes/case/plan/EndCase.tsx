import { Form, Input, Modal, Radio } from "antd";
import { useTranslation } from "react-i18next";
import type { CaseWish } from "../../../api/cases";
import type { Outcome } from "../../../api/types";
import { busy as shownBusy } from "../../../components/Busy/busy";
import { GuardOfField } from "../../../components/Guard/GuardOfField";
import { Trouble } from "../../../components/Trouble/Trouble";
import { outcomes } from "../../../filter/spec";
import styles from "./Plan.module.css";

/** Outcomes by which the matter itself came to a good end. */
const solved: ReadonlySet<Outcome> = new Set(["removed", "struck", "revised", "kept", "replied"]);

interface Ending {
  outcome?: Outcome;
  text: string;
}

interface Props {
  caseId: string;
  error: unknown;
  busy: boolean;
  onClose: () => void;
  onEnd: (wish: CaseWish) => void;
}

/** How the case ended. Whether that counts as solved follows from it. */
export function EndCase({ caseId, error, busy, onClose, onEnd }: Props) {
  const { t } = useTranslation();
  const [form] = Form.useForm<Ending>();
  const chosen = Form.useWatch("outcome", form);
  const end = ({ outcome, text }: Ending) => {
    if (outcome) onEnd({ state: solved.has(outcome) ? "solved" : "closed", outcome, text: text.trim() || null });
  };
  return (
    <Modal open title={t("casework.endTitle")} okText={t("casework.end")} cancelText={t("action.cancel")} okButtonProps={{ loading: shownBusy(busy) }} onOk={form.submit} onCancel={onClose}>
      <Form<Ending> form={form} layout="vertical" requiredMark={false} onFinish={end} initialValues={{ text: "" }}>
        <Form.Item name="outcome" label={t("casework.outcome")} rules={[{ required: true, message: t("casework.pickOutcome") }]} extra={chosen && t(solved.has(chosen) ? "casework.toSolved" : "casework.toClosed")}>
          <Radio.Group className={styles.list} options={outcomes.map((value) => ({ value, label: t(`outcome.${value}`) }))} />
        </Form.Item>
        <Form.Item name="text" label={t("casework.endNote")} extra={t("casework.endNoteHelp")}>
          <Input.TextArea autoSize={{ minRows: 2, maxRows: 6 }} maxLength={4000} />
        </Form.Item>
        <GuardOfField form={form} name="text" where={{ case: caseId, channel: "note" }} />
      </Form>
      <Trouble error={error} />
    </Modal>
  );
}
