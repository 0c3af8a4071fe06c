import { Form, Input, Modal, Radio } from "antd";
import { useTranslation } from "react-i18next";
import { useStateFacts } from "../../api/removals";
import type { RemovalFacts, Review } from "../../api/types";
import { busy } from "../Busy/busy";
import { GuardOfField } from "../Guard/GuardOfField";
import { Trouble } from "../Trouble/Trouble";

type Answer = "yes" | "no" | "unknown";
const flags = ["both_rated", "buyer_is_competitor", "fraud_report", "buy_shipping", "shipped_on_time"] as const;
type Flag = (typeof flags)[number];
const ofAmazon: readonly Flag[] = ["buy_shipping", "shipped_on_time"];
/** Facts that a file of orders may say; it counts before what people state. */
const inFiles: readonly string[] = ["both_rated", "buy_shipping", "shipped_on_time", "fulfilled_by"];

const answerOf = (value: boolean | null): Answer => (value === null ? "unknown" : value ? "yes" : "no");
const valueOf = (answer: Answer): boolean | null => (answer === "unknown" ? null : answer === "yes");

type Values = Record<Flag, Answer> & { chat_proof_id: string; pattern_of_ratings: string; fulfilled_by: "amazon" | "merchant" | "unknown" };

/** What no file says of a review and its order. It is judged anew at once. */
export function FactsForm({ review, onClose }: { review: Review; onClose: (said?: string) => void }) {
  const { t } = useTranslation();
  const [form] = Form.useForm<Values>();
  const save = useStateFacts(review.id);
  const { stated, known } = review.removal;
  const isAmazon = review.shop.platform.startsWith("amazon");
  const fixed = (key: string) => inFiles.includes(key) && known[key as keyof typeof known] !== null && stated[key as keyof RemovalFacts] === null;
  const shown = flags.filter((flag) => ofAmazon.includes(flag) === isAmazon);
  const initial = {
    chat_proof_id: stated.chat_proof_id ?? "",
    pattern_of_ratings: stated.pattern_of_ratings ?? "",
    fulfilled_by: known.fulfilled_by ?? "unknown",
    ...Object.fromEntries(flags.map((flag) => [flag, answerOf(fixed(flag) ? known[flag as keyof typeof known] as boolean : stated[flag])])),
  } as Values;
  const send = (values: Values) => {
    const all = { ...initial, ...values };
    const flag = (key: Flag) => (fixed(key) ? null : valueOf(all[key]));
    save.mutate(
      {
        chat_proof_id: all.chat_proof_id.trim() || null,
        pattern_of_ratings: all.pattern_of_ratings.trim() || null,
        buyer_is_competitor: flag("buyer_is_competitor"),
        fraud_report: flag("fraud_report"),
        both_rated: flag("both_rated"),
        fulfilled_by: fixed("fulfilled_by") || all.fulfilled_by === "unknown" ? null : all.fulfilled_by,
        buy_shipping: flag("buy_shipping"),
        shipped_on_time: flag("shipped_on_time"),
      },
      { onSuccess: () => onClose(t("removal.factsKept")) },
    );
  };
  const answers = (["yes", "no", "unknown"] as const).map((value) => ({ value, label: t(`removal.answer.${value}`) }));
  return (
    <Modal open title={t("removal.stateFacts")} okText={t("removal.keep")} cancelText={t("action.cancel")} okButtonProps={{ loading: busy(save.isPending) }} onOk={form.submit} onCancel={() => onClose()}>
      <Form<Values> form={form} layout="vertical" requiredMark={false} initialValues={initial} onFinish={send}>
        {!isAmazon && (
          <>
            <Form.Item name="chat_proof_id" label={t("removal.fact.chat_proof_id")} extra={t("removal.chatProofHelp")}>
              <Input autoFocus maxLength={100} />
            </Form.Item>
            <Form.Item name="pattern_of_ratings" label={t("removal.fact.pattern_of_ratings")}>
              <Input.TextArea autoSize={{ minRows: 2, maxRows: 5 }} maxLength={1000} />
            </Form.Item>
            <GuardOfField form={form} name="pattern_of_ratings" where={{ review: review.id, channel: "note" }} />
          </>
        )}
        {isAmazon && (
          <Form.Item name="fulfilled_by" label={t("removal.fact.fulfilled_by")} extra={fixed("fulfilled_by") ? t("removal.fromFile") : undefined}>
            <Radio.Group disabled={fixed("fulfilled_by")} options={(["amazon", "merchant", "unknown"] as const).map((value) => ({ value, label: t(`removal.fulfilment.${value}`) }))} />
          </Form.Item>
        )}
        {shown.map((flag) => (
          <Form.Item key={flag} name={flag} label={t(`removal.fact.${flag}`)} extra={fixed(flag) ? t("removal.fromFile") : undefined}>
            <Radio.Group disabled={fixed(flag)} options={answers} />
          </Form.Item>
        ))}
      </Form>
      <Trouble error={save.error} />
    </Modal>
  );
}
