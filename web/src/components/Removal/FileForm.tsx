import { DatePicker, Form, Input, Modal, Radio, Space } from "antd";
import dayjs, { type Dayjs } from "dayjs";
import { useTranslation } from "react-i18next";
import { useEvidence } from "../../api/evidence";
import { useFileRemoval } from "../../api/removals";
import type { Review } from "../../api/types";
import { busy } from "../Busy/busy";
import { GuardOfField } from "../Guard/GuardOfField";
import { CopyLine } from "../Once/CopyLine";
import { Trouble } from "../Trouble/Trouble";
import styles from "./Removal.module.css";
import { saidIn } from "./said";
import { VerdictName } from "./VerdictName";

interface Values {
  ground: string;
  filed_at: Dayjs | null;
  platform_case_id: string;
  reason: string;
}

/** Notes a request that somebody files by hand on the platform: where, with which words, when, under which number. */
export function FileForm({ review, onClose }: { review: Review; onClose: (said?: string) => void }) {
  const { t, i18n } = useTranslation();
  const [form] = Form.useForm<Values>();
  const file = useFileRemoval(review.id);
  const { removal } = review;
  const best = removal.grounds.find(({ verdict }) => verdict === removal.verdict) ?? removal.grounds[0];
  const chosen = Form.useWatch("ground", form) ?? best?.ground ?? "";
  const ground = removal.grounds.find((each) => each.ground === chosen);
  const { data: evidence } = useEvidence(review.id, chosen || null);
  const isAgainst = ground !== undefined && ground.verdict !== "eligible";
  const send = ({ ground: under, filed_at, platform_case_id, reason }: Values) =>
    file.mutate(
      {
        ground: under,
        filed_at: filed_at?.toISOString() ?? null,
        platform_case_id: platform_case_id?.trim() || null,
        reason: isAgainst ? reason?.trim() || null : null,
        text: evidence?.letter?.text ?? null,
      },
      { onSuccess: () => onClose(t("removal.filed")) },
    );
  return (
    <Modal open width={620} title={t("removal.file")} okText={t("removal.fileOk")} cancelText={t("action.cancel")} okButtonProps={{ loading: busy(file.isPending) }} onOk={form.submit} onCancel={() => onClose()}>
      <p className={styles.note}>{t("removal.fileHelp")}</p>
      {removal.path && <p className={styles.path}>{t("removal.path", { path: saidIn(removal.path, i18n.language) })}</p>}
      <Form<Values> form={form} layout="vertical" requiredMark={false} initialValues={{ ground: best?.ground, filed_at: null, platform_case_id: "", reason: "" }} onFinish={send}>
        <Form.Item name="ground" label={t("removal.ground")}>
          <Radio.Group>
            <Space direction="vertical">
              {removal.grounds.map((each) => (
                <Radio key={each.ground} value={each.ground}>
                  {saidIn(each.name, i18n.language)} <VerdictName verdict={each.verdict} />
                </Radio>
              ))}
            </Space>
          </Radio.Group>
        </Form.Item>
        {ground?.record.poor && <p className={styles.poor} role="alert">{t("removal.poor", { granted: ground.record.granted, asked: ground.record.granted + ground.record.refused })}</p>}
        {isAgainst && (
          <>
            <Form.Item name="reason" label={t("removal.reason")} extra={t("removal.against")} rules={[{ required: true, whitespace: true, message: t("removal.reasonMissing") }]}>
              <Input.TextArea autoSize={{ minRows: 2, maxRows: 5 }} maxLength={1000} />
            </Form.Item>
            <GuardOfField form={form} name="reason" where={{ review: review.id, channel: "note" }} />
          </>
        )}
        {evidence?.letter && (
          <Form.Item label={t("evidence.letter")}>
            <CopyLine text={evidence.letter.text} label={t("evidence.letter")} />
          </Form.Item>
        )}
        <Form.Item name="platform_case_id" label={t("removal.number")}>
          <Input maxLength={100} />
        </Form.Item>
        <Form.Item name="filed_at" label={t("removal.filedAt")} extra={t("removal.filedAtHelp")}>
          <DatePicker showTime={{ format: "HH:mm", minuteStep: 5 }} format="YYYY-MM-DD HH:mm" maxDate={dayjs()} />
        </Form.Item>
      </Form>
      <Trouble error={file.error} />
    </Modal>
  );
}
