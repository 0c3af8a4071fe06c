import { Alert, Button, Form, Input } from "antd";
import { useTranslation } from "react-i18next";
import { Navigate, useLocation, useSearchParams } from "react-router";
import { busy } from "../../components/Busy/busy";
import { ApiProblem } from "../../api/problem";
import { useLogin, useMe, useSetup } from "../../api/session";
import type { Login as LoginInput } from "../../api/types";
import { useTitle } from "../../components/Frame/useTitle";
import { Gate } from "../../components/Gate/Gate";
import { explain } from "../../components/Trouble/explain";
import { nextPage } from "./next";

export function Login() {
  const { t } = useTranslation();
  useTitle(t("page.login"));
  const [params] = useSearchParams();
  const { state } = useLocation() as { state: { ended?: boolean } | null };
  const { data: me } = useMe();
  const { data: setup } = useSetup();
  const login = useLogin();
  if (me) return <Navigate to={nextPage(params)} replace />;

  const wait = login.error instanceof ApiProblem && login.error.status === 429 ? login.error.retryAfter : null;
  return (
    <Gate title={t("login.title")}>
      {params.has("next") && !login.error && <Notice text={t(state?.ended ? "login.again" : "login.then")} />}
      {setup?.needs_owner && <Notice text={t("login.needsOwner")} />}
      {setup?.demo && <Notice text={t("login.demo")} />}
      <Form<LoginInput> layout="vertical" requiredMark={false} onFinish={(input) => login.mutate(input)} disabled={login.isPending}>
        <Form.Item name="login" label={t("login.login")} rules={[{ required: true, message: t("login.loginMissing") }]}>
          <Input autoComplete="username" autoCapitalize="none" autoFocus maxLength={200} />
        </Form.Item>
        <Form.Item name="password" label={t("login.password")} rules={[{ required: true, message: t("login.passwordMissing") }]}>
          <Input.Password autoComplete="current-password" maxLength={500} />
        </Form.Item>
        {login.error && (
          <Form.Item>
            <Alert type="error" showIcon role="alert" title={explain(login.error, t)} description={wait ? t("login.wait", { seconds: wait }) : undefined} />
          </Form.Item>
        )}
        <Button type="primary" htmlType="submit" block loading={busy(login.isPending)}>{t("login.submit")}</Button>
      </Form>
    </Gate>
  );
}

function Notice({ text }: { text: string }) {
  return <Alert type="info" showIcon role="note" title={text} style={{ marginBottom: 16 }} />;
}
