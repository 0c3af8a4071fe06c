import { App, Button, Checkbox, Form, Input, InputNumber, Select, Switch } from "antd";
import { useTranslation } from "react-i18next";
import { useSetChannel } from "../../../api/outbox";
import type { Channel, OutChannel, TeamEvent } from "../../../api/types";
import { busy } from "../../../components/Busy/busy";
import { Trouble } from "../../../components/Trouble/Trouble";
import styles from "../Settings.module.css";
import { type ChannelInput, events, inputOf, startOf } from "./channel";

/** The settings of one channel. A password or secret is typed to change it and never shown. */
export function ChannelForm({ channel, known, onDone }: { channel: OutChannel; known: Channel | undefined; onDone: () => void }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const [form] = Form.useForm<ChannelInput>();
  const set = useSetChannel(channel);
  const must = [{ required: true, whitespace: true, message: t("setup.missing") }];
  const kept = known?.has_secret ? t("channels.kept") : undefined;
  const isRobot = channel !== "mail" && channel !== "webhook";
  const save = (input: ChannelInput) =>
    set.mutate(inputOf(channel, input), {
      onSuccess: () => {
        void message.success(t("channels.saved"));
        onDone();
      },
    });
  return (
    <Form<ChannelInput> form={form} layout="vertical" requiredMark={false} className={styles.form} initialValues={startOf(channel, known)} onFinish={save}>
      <Form.Item name="switched_on" label={t("channels.on")} valuePropName="checked"><Switch /></Form.Item>
      {channel === "mail" && (
        <>
          <Form.Item name="host" label={t("channels.host")} rules={must}><Input maxLength={253} placeholder="smtp.example.com" /></Form.Item>
          <Form.Item name="port" label={t("channels.port")} rules={[{ required: true, message: t("setup.missing") }]}><InputNumber min={1} max={65535} /></Form.Item>
          <Form.Item name="security" label={t("channels.security")}><Select options={(["tls", "starttls", "none"] as const).map((value) => ({ value, label: t(`channels.securityOf.${value}`) }))} /></Form.Item>
          <Form.Item name="username" label={t("channels.username")}><Input maxLength={200} autoComplete="off" /></Form.Item>
          <Form.Item name="secret" label={t("channels.password")}><Input.Password maxLength={200} autoComplete="new-password" placeholder={kept} /></Form.Item>
          <Form.Item name="from_address" label={t("channels.fromAddress")} rules={must}><Input maxLength={200} placeholder="care@shop.example" /></Form.Item>
          <Form.Item name="from_name" label={t("channels.fromName")}><Input maxLength={80} /></Form.Item>
        </>
      )}
      {channel === "webhook" && (
        <>
          <Form.Item name="url" label={t("channels.url")} rules={must}><Input maxLength={1000} placeholder="https://" /></Form.Item>
          <Form.Item name="secret" label={t("channels.secret")}><Input.Password maxLength={200} autoComplete="new-password" placeholder={kept ?? "whsec_"} /></Form.Item>
          <Form.Item name="delivery" label={t("channels.delivery")}><Select options={(["keyed", "queryable", "blind"] as const).map((value) => ({ value, label: t(`channels.deliveryOf.${value}`) }))} /></Form.Item>
        </>
      )}
      {isRobot && (
        <>
          <Form.Item name="url" label={t("channels.robot")} rules={known ? [] : must}><Input.Password maxLength={1000} autoComplete="off" placeholder={known ? t("channels.kept") : undefined} /></Form.Item>
          {channel !== "wecom" && <Form.Item name="secret" label={t("channels.secret")}><Input.Password maxLength={200} autoComplete="new-password" placeholder={kept} /></Form.Item>}
        </>
      )}
      {channel !== "mail" && (
        <Form.Item name="events" label={t("channels.events")}>
          <Checkbox.Group options={events.map((value: TeamEvent) => ({ value, label: t(`outbox.event.${value}`) }))} />
        </Form.Item>
      )}
      {set.error && <Form.Item><Trouble error={set.error} /></Form.Item>}
      <div className={styles.out}>
        <Button type="primary" htmlType="submit" loading={busy(set.isPending)}>{t("settings.save")}</Button>
        <Button onClick={onDone}>{t("action.cancel")}</Button>
      </div>
    </Form>
  );
}
