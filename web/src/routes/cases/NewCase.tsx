import { ArrowLeftOutlined } from "@ant-design/icons";
import { Alert, App, Button, DatePicker, Form, Input, Select } from "antd";
import type { Dayjs } from "dayjs";
import { type KeyboardEvent, useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { Link, useNavigate, useSearchParams } from "react-router";
import { useCreateCase } from "../../api/cases";
import { ApiProblem } from "../../api/problem";
import { useMay } from "../../api/session";
import { useShops } from "../../api/shops";
import type { CameBy, CaseKind, DisputeKind, Request } from "../../api/types";
import { busy } from "../../components/Busy/busy";
import { useFieldErrors } from "../../components/Form/useFieldErrors";
import { useTitle } from "../../components/Frame/useTitle";
import { useKeys } from "../../components/Keys/useKeys";
import { LinkButton } from "../../components/LinkButton/LinkButton";
import { Trouble } from "../../components/Trouble/Trouble";
import { cameBy, causes, disputesOn, openedKinds, requests } from "../../filter/spec";
import { backTo } from "../backTo";
import styles from "./NewCase.module.css";

interface Fields {
  kind: CaseKind;
  shop: string;
  order_number?: string;
  buyer_nick?: string;
  cause?: string;
  dispute?: DisputeKind;
  asked?: Request;
  amount?: string;
  came_by?: CameBy;
  asked_at?: Dayjs | null;
  due_at?: Dayjs | null;
  evidence_due_at?: Dayjs | null;
  text?: string;
}

/** Enter takes the typed time and nothing more: the form is not sent by it. */
const takeOnly = (event: KeyboardEvent<HTMLElement>) => {
  if (event.key === "Enter") event.preventDefault();
};
const time = { showTime: { format: "HH:mm", minuteStep: 5 }, format: "YYYY-MM-DD HH:mm", onKeyDown: takeOnly } as const;

/** Opens a case that no review asks for; what the address says of it is filled in. */
export function NewCase() {
  const { t } = useTranslation();
  const go = useNavigate();
  const { message } = App.useApp();
  const [params] = useSearchParams();
  const [form] = Form.useForm<Fields>();
  const { shops } = useShops();
  const may = useMay("case.handle");
  const open = useCreateCase();
  // One key a form: a second press opens nothing twice.
  const [key] = useState(() => crypto.randomUUID());
  useTitle(t("intake.new"));
  useFieldErrors(form, open.error);
  useKeys({ Escape: () => void go(backTo("cases")) });
  const kind = Form.useWatch("kind", form) ?? "after_sale";
  const chosen = Form.useWatch("shop", form);
  const shop = shops.find(({ id }) => id === chosen);
  const only = shops.length === 1 ? shops[0]?.id : undefined;
  useEffect(() => {
    if (only && !form.getFieldValue("shop")) form.setFieldsValue({ shop: only });
  }, [only, form]);
  const named = params.get("buyer");
  const nick = params.get("nick");
  const send = ({ asked_at, due_at, evidence_due_at, cause, amount, ...rest }: Fields) => {
    const said = amount?.trim();
    open.mutate(
      {
        key,
        wish: {
          ...rest,
          kind: rest.kind,
          shop: rest.shop,
          text: rest.text ?? "",
          dispute: rest.kind === "dispute" ? (rest.dispute ?? null) : null,
          buyer: named,
          buyer_nick: named ? null : (rest.buyer_nick ?? null),
          cause: (cause ?? null) as never,
          amount: said || null,
          currency: said ? (shop?.currency ?? null) : null,
          asked_at: asked_at?.toISOString() ?? null,
          due_at: due_at?.toISOString() ?? null,
          evidence_due_at: rest.kind === "dispute" ? (evidence_due_at?.toISOString() ?? null) : null,
          after_sale: null,
        },
      },
      {
        onSuccess: (opened) => {
          void message.success(t("intake.opened", { number: opened.number }));
          void go(`/cases/${opened.id}`);
        },
      },
    );
  };
  const taken = open.error instanceof ApiProblem ? open.error.openCase : null;
  const wrong = open.error instanceof ApiProblem && Object.keys(open.error.fields).length > 0;
  if (!may) return <Trouble page error={new ApiProblem(403, { detail: t("intake.mayNot") }, null)} />;
  const options = (of: readonly string[], group: string) => of.map((value) => ({ value, label: t(`${group}.${value}`) }));
  return (
    <div className={styles.page}>
      <header className={styles.head}>
        <LinkButton to={backTo("cases")} type="text" icon={<ArrowLeftOutlined />} aria-label={t("cases.back")} />
        <h1>{t("intake.new")}</h1>
      </header>
      <Form<Fields>
        form={form}
        layout="vertical"
        requiredMark={false}
        className={styles.form}
        onFinish={send}
        initialValues={{ kind: openedKinds.find((one) => one === params.get("kind")) ?? "after_sale", shop: params.get("shop") ?? undefined, order_number: params.get("order") ?? "" }}
      >
        <Form.Item name="kind" label={t("intake.field.kind")} extra={t(`intake.kindHelp.${kind}`)}>
          <Select autoFocus options={options(openedKinds, "caseKind")} />
        </Form.Item>
        <Form.Item name="shop" label={t("intake.field.shop")} rules={[{ required: true, message: t("intake.shopMissing") }]}>
          <Select options={shops.map(({ id, name }) => ({ value: id, label: name }))} placeholder={t("intake.shopChoose")} />
        </Form.Item>
        {kind === "dispute" && (
          <>
            <Form.Item name="dispute" label={t("intake.field.dispute")}>
              <Select allowClear options={options(disputesOn(shop?.platform), "disputeKind")} />
            </Form.Item>
            <Form.Item name="evidence_due_at" label={t("intake.field.evidence_due_at")} extra={t("intake.evidenceHelp")}>
              <DatePicker {...time} />
            </Form.Item>
          </>
        )}
        <Form.Item name="order_number" label={t("intake.field.order_number")}><Input maxLength={80} /></Form.Item>
        {named
          ? <Form.Item label={t("intake.field.buyer_nick")}><span>{nick ?? t("intake.thisBuyer")}</span></Form.Item>
          : <Form.Item name="buyer_nick" label={t("intake.field.buyer_nick")}><Input maxLength={80} placeholder={t("intake.buyerHelp")} /></Form.Item>}
        <Form.Item name="cause" label={t("intake.field.cause")}><Select allowClear options={options(causes, "cause")} /></Form.Item>
        <Form.Item name="asked" label={t("intake.field.asked")}><Select allowClear options={options(requests, "request")} /></Form.Item>
        <Form.Item name="amount" label={t("intake.field.amount")}><Input inputMode="decimal" suffix={shop?.currency} /></Form.Item>
        <Form.Item name="asked_at" label={t("intake.field.asked_at")}><DatePicker {...time} /></Form.Item>
        <Form.Item name="came_by" label={t("intake.field.came_by")}><Select allowClear options={options(cameBy, "cameBy")} /></Form.Item>
        <Form.Item name="due_at" label={t("intake.field.due_at")}><DatePicker {...time} /></Form.Item>
        <Form.Item name="text" label={t("intake.field.text")} className={styles.wide}>
          <Input.TextArea autoSize={{ minRows: 3, maxRows: 10 }} maxLength={4000} showCount onKeyDown={(event) => { if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) form.submit(); }} />
        </Form.Item>
        <div className={styles.foot}>
          {taken && <Alert type="warning" showIcon title={<>{open.error?.message} <Link to={`/cases/${taken.id}`}>{t("intake.openThat", { number: taken.number })}</Link></>} />}
          {!taken && !wrong && <Trouble error={open.error} />}
          <Button type="primary" htmlType="submit" loading={busy(open.isPending)} title="Ctrl+Enter">{t("intake.open")}</Button>
        </div>
      </Form>
    </div>
  );
}
