import { DeleteOutlined, PlusOutlined } from "@ant-design/icons";
import { App, Button, Form, Input, InputNumber, Select, Skeleton } from "antd";
import { useTranslation } from "react-i18next";
import { useCompensationRules, useSetCompensationRules } from "../../../api/compensations";
import { useIncentiveRules, useSetIncentiveRules } from "../../../api/incentives";
import { useHandlers } from "../../../api/handlers";
import { useMay } from "../../../api/session";
import { useShops } from "../../../api/shops";
import type { CompensationRulesKept, IncentiveRulesKept } from "../../../api/types";
import styles from "../../../components/Money/Money.module.css";
import { Trouble } from "../../../components/Trouble/Trouble";
import { causes } from "../../../filter/spec";
import { Card, SectionPage } from "../SectionPage";
import settings from "../Settings.module.css";
import { amountsOf, amountsText } from "./amounts";

type Rules = CompensationRulesKept["rules"];
interface CompensationForm {
  rungs: { kind: Rules["rungs"][number]["kind"]; share: number; most: string }[];
  agent: string;
  supervisor: string;
  caps: Rules["caps"];
  budgets: Rules["budgets"];
}

/** What may be given to buyers, and what agents earn. The owner keeps both; every change is a version of its own. */
export function MoneyPage() {
  const compensation = useCompensationRules();
  const incentive = useIncentiveRules();
  return (
    <SectionPage of="money">
      <Trouble error={compensation.error ?? incentive.error} onRetry={() => void Promise.all([compensation.refetch(), incentive.refetch()])} />
      {(compensation.isPending || incentive.isPending) && <Skeleton active />}
      {compensation.data && <CompensationRules key={`c${compensation.data.version}`} kept={compensation.data} />}
      {incentive.data && <IncentiveRules key={`i${incentive.data.version}`} kept={incentive.data} />}
    </SectionPage>
  );
}

function CompensationRules({ kept }: { kept: CompensationRulesKept }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const may = useMay("money.manage");
  const set = useSetCompensationRules();
  const { shops } = useShops();
  const handlers = useHandlers();
  const { rules, version } = kept;
  const shown: CompensationForm = {
    rungs: rules.rungs.map((rung) => ({ ...rung, most: amountsText(rung.most) })),
    agent: amountsText(rules.limits.agent),
    supervisor: amountsText(rules.limits.supervisor),
    caps: rules.caps,
    budgets: rules.budgets,
  };
  const isAmounts = { validator: (_: unknown, text: string) => (amountsOf(text ?? "") ? Promise.resolve() : Promise.reject(new Error(t("money.noAmounts")))) };
  const digits = (text: string | null | undefined) => (text?.trim() ? text.trim() : null);
  const save = (input: CompensationForm) =>
    set.mutate({
      version,
      rules: {
        rungs: input.rungs.map((rung) => ({ kind: rung.kind, share: rung.share, most: amountsOf(rung.most ?? "") ?? {} })),
        limits: { agent: amountsOf(input.agent ?? "") ?? {}, supervisor: amountsOf(input.supervisor ?? "") ?? {} },
        caps: (input.caps ?? []).map((cap) => ({ agent: cap.agent ?? null, cause: cap.cause ?? null, currency: cap.currency, order_under: digits(cap.order_under), single: digits(cap.single), month: digits(cap.month) })),
        budgets: (input.budgets ?? []).map((budget) => ({ shop: budget.shop ?? null, currency: budget.currency, month: budget.month })),
      },
    }, { onSuccess: () => void message.success(t("money.saved")) });
  const required = [{ required: true, message: t("setup.missing") }];
  const everyone = handlers.map(({ id, name }) => ({ value: id, label: name }));
  return (
    <Card>
      <Form<CompensationForm> className={styles.pad} layout="vertical" requiredMark={false} disabled={!may} onFinish={save} initialValues={shown}>
        <h2 className={styles.small}>{t("money.ladder")}</h2>
        <p className={settings.hint}>{t("money.ladderHelp")}</p>
        {rules.rungs.map((rung, at) => (
          <div key={rung.kind} className={styles.line}>
            <span style={{ width: 90 }}>{t(`benefit.${rung.kind}`)}</span>
            <Form.Item name={["rungs", at, "kind"]} hidden><Input /></Form.Item>
            <Form.Item name={["rungs", at, "share"]} rules={required}><InputNumber aria-label={t("money.share", { what: t(`benefit.${rung.kind}`) })} min={0} max={100} precision={0} suffix="%" style={{ width: 90 }} /></Form.Item>
            <Form.Item name={["rungs", at, "most"]} rules={[isAmounts]} style={{ flex: 1, minWidth: 200 }}><Input aria-label={t("money.most", { what: t(`benefit.${rung.kind}`) })} placeholder={t("money.shareAlone")} /></Form.Item>
          </div>
        ))}
        <h2 className={styles.small}>{t("money.limits")}</h2>
        <p className={settings.hint}>{t("money.limitsHelp")}</p>
        <Form.Item name="agent" label={t("money.agentLimit")} rules={[isAmounts]}><Input /></Form.Item>
        <Form.Item name="supervisor" label={t("money.supervisorLimit")} rules={[isAmounts]}><Input /></Form.Item>
        <h2 className={styles.small}>{t("money.caps")}</h2>
        <p className={settings.hint}>{t("money.capsHelp")}</p>
        <Form.List name="caps">
          {(fields, { add, remove }) => (
            <>
              {fields.map(({ key, name }) => (
                <div key={key} className={styles.line}>
                  <Form.Item name={[name, "agent"]}><Select aria-label={t("money.person")} allowClear placeholder={t("money.eachPerson")} options={everyone} style={{ width: 130 }} /></Form.Item>
                  <Form.Item name={[name, "cause"]}><Select aria-label={t("money.cause")} allowClear placeholder={t("money.anyCause")} options={causes.map((cause) => ({ value: cause, label: t(`cause.${cause}`) }))} style={{ width: 130 }} /></Form.Item>
                  <Form.Item name={[name, "currency"]} rules={required}><Input aria-label={t("money.currency")} placeholder="CNY" maxLength={3} style={{ width: 64 }} /></Form.Item>
                  <Form.Item name={[name, "order_under"]}><Input aria-label={t("money.orderUnder")} placeholder={t("money.orderUnder")} style={{ width: 120 }} /></Form.Item>
                  <Form.Item name={[name, "single"]}><Input aria-label={t("money.single")} placeholder={t("money.single")} style={{ width: 110 }} /></Form.Item>
                  <Form.Item name={[name, "month"]}><Input aria-label={t("money.month")} placeholder={t("money.month")} style={{ width: 110 }} /></Form.Item>
                  <Form.Item><Button icon={<DeleteOutlined />} aria-label={t("money.remove")} onClick={() => remove(name)} /></Form.Item>
                </div>
              ))}
              <Button icon={<PlusOutlined />} onClick={() => add({ agent: null, cause: null, currency: "CNY", order_under: null, single: null, month: null })}>{t("money.addCap")}</Button>
            </>
          )}
        </Form.List>
        <h2 className={styles.small}>{t("money.budgets")}</h2>
        <Form.List name="budgets">
          {(fields, { add, remove }) => (
            <>
              {fields.map(({ key, name }) => (
                <div key={key} className={styles.line}>
                  <Form.Item name={[name, "shop"]}><Select aria-label={t("money.shop")} allowClear placeholder={t("money.eachShop")} options={shops.map((shop) => ({ value: shop.id, label: shop.name }))} style={{ width: 180 }} /></Form.Item>
                  <Form.Item name={[name, "currency"]} rules={required}><Input aria-label={t("money.currency")} placeholder="CNY" maxLength={3} style={{ width: 64 }} /></Form.Item>
                  <Form.Item name={[name, "month"]} rules={required}><Input aria-label={t("money.month")} placeholder={t("money.month")} style={{ width: 130 }} /></Form.Item>
                  <Form.Item><Button icon={<DeleteOutlined />} aria-label={t("money.remove")} onClick={() => remove(name)} /></Form.Item>
                </div>
              ))}
              <Button icon={<PlusOutlined />} onClick={() => add({ shop: null, currency: "CNY", month: "" })}>{t("money.addBudget")}</Button>
            </>
          )}
        </Form.List>
        <Trouble error={set.error} />
        <div className={styles.line} style={{ marginTop: 16 }}>
          {may ? <Button type="primary" htmlType="submit" loading={set.isPending}>{t("settings.save")}</Button> : <p className={settings.quiet}>{t("money.ownerOnly")}</p>}
          <span className={settings.quiet}>{version === 0 ? t("money.shipped") : t("money.version", { version, by: kept.set_by?.name ?? t("cases.system") })}</span>
        </div>
      </Form>
    </Card>
  );
}

type IncentiveForm = IncentiveRulesKept["rules"];

function IncentiveRules({ kept }: { kept: IncentiveRulesKept }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const may = useMay("money.manage");
  const set = useSetIncentiveRules();
  const required = [{ required: true, message: t("setup.missing") }];
  const save = (input: IncentiveForm) => set.mutate({ version: kept.version, rules: { amounts: input.amounts ?? [], watch_days: input.watch_days } }, { onSuccess: () => void message.success(t("money.saved")) });
  return (
    <Card>
      <Form<IncentiveForm> className={styles.pad} layout="vertical" requiredMark={false} disabled={!may} onFinish={save} initialValues={kept.rules}>
        <h2 className={styles.small}>{t("incentives.title")}</h2>
        <p className={settings.hint}>{t("incentives.neverRating")}</p>
        <Form.List name="amounts">
          {(fields, { add, remove }) => (
            <>
              {fields.map(({ key, name }) => (
                <div key={key} className={styles.line}>
                  <Form.Item name={[name, "cause"]} rules={required}><Select aria-label={t("money.cause")} options={causes.map((cause) => ({ value: cause, label: t(`cause.${cause}`) }))} style={{ width: 150 }} /></Form.Item>
                  <Form.Item name={[name, "amount"]} rules={required}><Input aria-label={t("compensations.amount")} style={{ width: 110 }} /></Form.Item>
                  <Form.Item name={[name, "currency"]} rules={required}><Input aria-label={t("money.currency")} maxLength={3} style={{ width: 64 }} /></Form.Item>
                  <Form.Item><Button icon={<DeleteOutlined />} aria-label={t("money.remove")} onClick={() => remove(name)} /></Form.Item>
                </div>
              ))}
              <Button icon={<PlusOutlined />} onClick={() => add({ cause: undefined, amount: "", currency: "CNY" })}>{t("money.addAmount")}</Button>
            </>
          )}
        </Form.List>
        <Form.Item name="watch_days" label={t("money.watchDays")} rules={required} style={{ marginTop: 12 }}><InputNumber min={1} max={365} precision={0} suffix={t("money.days")} style={{ width: 130 }} /></Form.Item>
        <Trouble error={set.error} />
        {may && <Button type="primary" htmlType="submit" loading={set.isPending}>{t("money.saveIncentives")}</Button>}
      </Form>
    </Card>
  );
}
