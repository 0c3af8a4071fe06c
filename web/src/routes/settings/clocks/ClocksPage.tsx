import { App, Button, Form, Input, InputNumber, Select, Skeleton, Switch } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useSetShopClocks, useShopClocks } from "../../../api/clocks";
import { useMay } from "../../../api/session";
import { useShops } from "../../../api/shops";
import type { ShopClocks } from "../../../api/types";
import { busy } from "../../../components/Busy/busy";
import { Teach } from "../../../components/List/Teach";
import { Trouble } from "../../../components/Trouble/Trouble";
import { Card, SectionPage } from "../SectionPage";
import settings from "../Settings.module.css";
import styles from "./Clocks.module.css";
import { readSpans, spansText } from "./spans";

const days = ["mon", "tue", "wed", "thu", "fri", "sat", "sun", "holiday", "workday"] as const;
const goals = ["first_response", "next_response", "resolution", "task", "escalate_after", "silence"] as const;

type ClockForm = Record<(typeof days)[number], string> & Record<(typeof goals)[number], number | null> & { warn_percent: number; public_days: boolean };

function shownOf({ hours, goals: set }: ShopClocks): ClockForm {
  const texts = [...hours.week, hours.holiday, hours.workday].map(spansText);
  const text = Object.fromEntries(days.map((day, index) => [day, texts[index] ?? ""])) as Record<(typeof days)[number], string>;
  return { ...text, ...set, public_days: hours.public_days };
}

/** When the team of each shop works, and how long things may take there. */
export function ClocksPage() {
  const { t } = useTranslation();
  const { shops, isPending } = useShops();
  const [chosen, setChosen] = useState<string>();
  const shop = chosen ?? shops[0]?.id;
  const { data, error, refetch } = useShopClocks(shop);
  const choice = shops.length > 1 && (
    <Select aria-label={t("clocks.shop")} value={shop} onChange={setChosen} options={shops.map(({ id, name }) => ({ value: id, label: name }))} style={{ minWidth: 160 }} />
  );
  return (
    <SectionPage of="clocks" extra={choice}>
      <Trouble error={error} onRetry={() => void refetch()} />
      {!isPending && shops.length === 0 && <Teach title={t("clocks.none")} text={t("clocks.noneNext")} />}
      {shop && !data && !error && <Skeleton active />}
      {shop && data && <ClocksForm key={shop + (data.set_at ?? "")} shop={shop} clocks={data} />}
    </SectionPage>
  );
}

function ClocksForm({ shop, clocks }: { shop: string; clocks: ShopClocks }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const may = useMay("calendar.manage");
  const [form] = Form.useForm<ClockForm>();
  const set = useSetShopClocks();
  const save = (input: ClockForm) => {
    const spans = days.map((day) => readSpans(input[day]) ?? []);
    const hours = { week: spans.slice(0, 7), holiday: spans[7] ?? [], workday: spans[8] ?? [], public_days: input.public_days };
    const set_goals = Object.fromEntries(goals.map((goal) => [goal, input[goal] ?? null])) as Record<(typeof goals)[number], number | null>;
    set.mutate({ shop, hours, goals: { ...set_goals, warn_percent: input.warn_percent } }, { onSuccess: () => void message.success(t("clocks.saved")) });
  };
  const isTime = { validator: (_: unknown, text: string) => (readSpans(text ?? "") ? Promise.resolve() : Promise.reject(new Error(t("clocks.noTime")))) };
  return (
    <Form<ClockForm> form={form} layout="vertical" requiredMark={false} disabled={!may} onFinish={save} initialValues={shownOf(clocks)}>
      <div className={styles.both}>
        <Card>
          <div className={styles.part}>
            <h2>{t("clocks.hours")}</h2>
            <p className={settings.hint}>{t("clocks.hoursHelp")}</p>
            <div className={styles.days}>
              {days.map((day) => (
                <Form.Item key={day} name={day} label={t(`clocks.day.${day}`)} rules={[isTime]}>
                  <Input placeholder={t("clocks.closed")} maxLength={200} />
                </Form.Item>
              ))}
            </div>
            <Form.Item name="public_days" valuePropName="checked" label={t("clocks.publicDays")} extra={t("clocks.publicDaysHelp")}>
              <Switch />
            </Form.Item>
          </div>
        </Card>
        <Card>
          <div className={styles.part}>
            <h2>{t("clocks.goals")}</h2>
            <p className={settings.hint}>{t("clocks.goalsHelp")}</p>
            {goals.map((goal) => (
              <Form.Item key={goal} name={goal} label={t(`clocks.goal.${goal}`)} extra={t(`clocks.goalHelp.${goal}`)}>
                <InputNumber min={1} max={129600} precision={0} suffix={t("clocks.minutes")} style={{ width: 160 }} />
              </Form.Item>
            ))}
            <Form.Item name="warn_percent" label={t("clocks.warn")} rules={[{ required: true, message: t("setup.missing") }]}>
              <InputNumber min={1} max={99} precision={0} suffix="%" style={{ width: 160 }} />
            </Form.Item>
          </div>
        </Card>
      </div>
      <Trouble error={set.error} />
      {may ? (
        <Button type="primary" htmlType="submit" loading={busy(set.isPending)}>{t("settings.save")}</Button>
      ) : <p className={settings.quiet}>{t("clocks.leads")}</p>}
      {!clocks.set_at && <p className={settings.hint}>{t("clocks.ofDesk")}</p>}
    </Form>
  );
}
