import { App, Button, Form, Input, Skeleton, Switch } from "antd";
import { useTranslation } from "react-i18next";
import { useChangeMerchant, useMerchant } from "../../../api/merchant";
import { useMay } from "../../../api/session";
import { useAsk } from "../../../components/Ask/useAsk";
import { busy } from "../../../components/Busy/busy";
import { useFieldErrors } from "../../../components/Form/useFieldErrors";
import { Panel } from "../../../components/Panel/Panel";
import { Trouble } from "../../../components/Trouble/Trouble";
import { Card, SectionPage } from "../SectionPage";
import styles from "../Settings.module.css";

/** The merchant's name, and whether one person works alone. */
export function MerchantPage() {
  const { t } = useTranslation();
  const { data: merchant, isPending, error, refetch } = useMerchant();
  return (
    <SectionPage of="merchant">
      <Trouble error={error} onRetry={() => void refetch()} />
      {isPending && <Skeleton active />}
      {merchant && <Card><Panel title={t("merchant.name")}><NameForm name={merchant.name} key={merchant.name} /></Panel></Card>}
      {merchant && <Card><Panel title={t("merchant.solo")}><Solo isOn={merchant.solo} /></Panel></Card>}
    </SectionPage>
  );
}

function NameForm({ name }: { name: string }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const may = useMay("person.manage");
  const [form] = Form.useForm<{ name: string }>();
  const change = useChangeMerchant();
  useFieldErrors(form, change.error);
  if (!may) return <p>{name}</p>;
  return (
    <Form<{ name: string }>
      form={form}
      layout="vertical"
      requiredMark={false}
      className={styles.form}
      initialValues={{ name }}
      onFinish={(input) => change.mutate({ name: input.name.trim() }, { onSuccess: () => void message.success(t("merchant.saved")) })}
    >
      <Form.Item name="name" label={t("merchant.nameLabel")} rules={[{ required: true, whitespace: true, message: t("setup.missing") }]}>
        <Input maxLength={80} autoComplete="organization" />
      </Form.Item>
      {change.error && <Form.Item><Trouble error={change.error} /></Form.Item>}
      <Button htmlType="submit" loading={busy(change.isPending)}>{t("settings.save")}</Button>
    </Form>
  );
}

function Solo({ isOn }: { isOn: boolean }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const ask = useAsk();
  const may = useMay("person.manage");
  const change = useChangeMerchant();
  const set = (solo: boolean) => change.mutateAsync({ solo }).then(() => message.success(t(solo ? "merchant.soloOnNow" : "merchant.soloOffNow")));
  const flip = (solo: boolean) =>
    ask({
      title: t(solo ? "merchant.soloOnTitle" : "merchant.soloOffTitle"),
      text: t(solo ? "merchant.soloOnText" : "merchant.soloOffText"),
      ok: t(solo ? "merchant.soloOn" : "merchant.soloOff"),
      isDanger: false,
      onOk: () => set(solo),
    });
  return (
    <>
      <div className={styles.out}>
        <Switch checked={isOn} disabled={!may} loading={change.isPending} onChange={flip} aria-label={t("merchant.solo")} />
        <span>{t(isOn ? "merchant.isOn" : "merchant.isOff")}</span>
      </div>
      <ul className={styles.hint} style={{ paddingLeft: 20, marginTop: 10 }}>
        {(["does", "stays", "logged"] as const).map((each) => <li key={each}>{t(`merchant.soloHint.${each}`)}</li>)}
      </ul>
    </>
  );
}
