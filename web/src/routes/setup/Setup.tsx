import { Alert, Button, Form, Input, Result } from "antd";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate, useSearchParams } from "react-router";
import { busy } from "../../components/Busy/busy";
import { ApiProblem } from "../../api/problem";
import { useSetup, useSetupOwner } from "../../api/session";
import type { SetupOwner } from "../../api/types";
import { useTitle } from "../../components/Frame/useTitle";
import { Gate } from "../../components/Gate/Gate";
import { LinkButton } from "../../components/LinkButton/LinkButton";
import { explain } from "../../components/Trouble/explain";

type OwnerInput = Omit<SetupOwner, "token">;

const shortest = 10;

/** The first owner, by the one-time link that the program prints. */
export function Setup() {
  const { t } = useTranslation();
  useTitle(t("page.setup"));
  const [params] = useSearchParams();
  const go = useNavigate();
  const { data: setup } = useSetup();
  const create = useSetupOwner();
  const [form] = Form.useForm<OwnerInput>();
  const token = params.get("token") ?? "";
  const fields = create.error instanceof ApiProblem ? create.error.fields : null;

  useEffect(() => {
    if (!fields) return;
    form.setFields(Object.entries(fields).map(([name, message]) => ({ name: name as keyof OwnerInput, errors: [message] })));
  }, [fields, form]);

  if (setup && !setup.needs_owner && !setup.demo) return <Told title={t("setup.done")} text={t("setup.doneNext")} />;
  if (token === "") return <Told title={t("setup.noToken")} text={t("setup.noTokenNext")} />;
  const required = { required: true, whitespace: true, message: t("setup.missing") };
  return (
    <Gate title={t("setup.title")} lead={t("setup.lead")}>
      <Form<OwnerInput>
        form={form}
        layout="vertical"
        requiredMark={false}
        disabled={create.isPending}
        onFinish={(input) => create.mutate({ ...input, token }, { onSuccess: () => void go("/imports", { replace: true }) })}
      >
        <Form.Item name="tenant_name" label={t("setup.tenant")} rules={[required]}>
          <Input placeholder={t("setup.tenantExample")} maxLength={80} autoComplete="organization" autoFocus />
        </Form.Item>
        <Form.Item name="display_name" label={t("setup.name")} rules={[required]}>
          <Input placeholder={t("setup.nameExample")} maxLength={80} autoComplete="name" />
        </Form.Item>
        <Form.Item name="login" label={t("setup.login")} rules={[required]}>
          <Input maxLength={80} autoCapitalize="none" autoComplete="username" />
        </Form.Item>
        <Form.Item name="password" label={t("setup.password")} extra={t("setup.passwordHelp")} rules={[{ required: true, message: t("setup.missing") }, { min: shortest, message: t("setup.short", { count: shortest }) }]}>
          <Input.Password autoComplete="new-password" maxLength={500} />
        </Form.Item>
        {create.error && <Form.Item><Alert type="error" showIcon role="alert" title={explain(create.error, t)} /></Form.Item>}
        <Button type="primary" htmlType="submit" block loading={busy(create.isPending)}>{t("setup.submit")}</Button>
      </Form>
    </Gate>
  );
}

function Told({ title, text }: { title: string; text: string }) {
  const { t } = useTranslation();
  return <Result status="info" title={title} subTitle={text} extra={<LinkButton to="/login" type="primary">{t("setup.toLogin")}</LinkButton>} />;
}
