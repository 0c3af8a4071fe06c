import { Button, Form, Input } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { LinkFound } from "../../api/types";
import { useAcceptInvitation } from "../../api/session";
import { busy } from "../../components/Busy/busy";
import { useFieldErrors } from "../../components/Form/useFieldErrors";
import { codeOnly } from "../../format/code";
import { nextOf } from "../login/problem";
import { Trouble } from "../../components/Trouble/Trouble";

interface Words {
  login?: string;
  display_name?: string;
  password: string;
  code?: string;
}

const shortest = 10;

interface Props {
  token: string;
  found: LinkFound;
  onDone: () => void;
}

export function AcceptForm({ token, found, onDone }: Props) {
  const { t } = useTranslation();
  const [form] = Form.useForm<Words>();
  const accept = useAcceptInvitation();
  useFieldErrors(form, accept.error);
  const [asksCode, setAsksCode] = useState(false);
  const isNew = found.kind === "invitation";
  const required = { required: true, whitespace: true, message: t("setup.missing") };
  const send = ({ login, display_name, password, code }: Words) => {
    const words = isNew ? { login: login?.trim(), display_name: display_name?.trim() } : code ? { code: codeOnly(code) } : {};
    accept.mutate({ token, password, ...words }, {
      onSuccess: onDone,
      onError: (error) => {
        if (nextOf(error)?.kind === "code") setAsksCode(true);
      },
    });
  };
  return (
    <Form<Words> form={form} layout="vertical" requiredMark={false} disabled={accept.isPending} onFinish={send} initialValues={{ display_name: found.display_name, login: found.login ?? "" }}>
      {isNew && (
        <>
          <Form.Item name="display_name" label={t("setup.name")} extra={t("setup.nameExample")} rules={[required]}>
            <Input maxLength={80} autoComplete="name" />
          </Form.Item>
          <Form.Item name="login" label={t("setup.login")} extra={t("invite.loginHelp")} rules={[required]}>
            <Input maxLength={80} autoCapitalize="none" autoComplete="username" autoFocus />
          </Form.Item>
        </>
      )}
      {!isNew && <input type="text" hidden readOnly autoComplete="username" value={found.login ?? ""} />}
      <Form.Item name="password" label={t(isNew ? "setup.password" : "security.new")} extra={t("setup.passwordHelp")} rules={[{ required: true, message: t("setup.missing") }, { min: shortest, message: t("setup.short", { count: shortest }) }]}>
        <Input.Password autoComplete="new-password" maxLength={500} autoFocus={!isNew} />
      </Form.Item>
      {asksCode && (
        <Form.Item name="code" label={t("login.code")} extra={t("login.codeHelp")} rules={[{ required: true, message: t("login.codeMissing") }]}>
          <Input autoComplete="one-time-code" maxLength={40} autoFocus />
        </Form.Item>
      )}
      {accept.error && <Form.Item><Trouble error={accept.error} /></Form.Item>}
      <Button type="primary" htmlType="submit" block loading={busy(accept.isPending)}>{t(isNew ? "invite.accept" : "invite.reset")}</Button>
    </Form>
  );
}
