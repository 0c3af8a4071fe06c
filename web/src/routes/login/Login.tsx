import { Alert, Button, Form, Input } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Navigate, useLocation, useSearchParams } from "react-router";
import { useLogin, useMe, useSetup } from "../../api/session";
import type { Login as LoginInput } from "../../api/types";
import { busy } from "../../components/Busy/busy";
import { useTitle } from "../../components/Frame/useTitle";
import { Gate } from "../../components/Gate/Gate";
import { CodeStep } from "./CodeStep";
import { nextPage } from "./next";
import { nextOf } from "./problem";
import { Refused } from "./Refused";
import { useCountdown } from "./useCountdown";

export function Login() {
  const { t } = useTranslation();
  useTitle(t("page.login"));
  const [params] = useSearchParams();
  const { state } = useLocation() as { state: { ended?: boolean } | null };
  const { data: me } = useMe();
  const { data: setup } = useSetup();
  const login = useLogin();
  const [words, setWords] = useState<LoginInput | null>(null);
  const [until, setUntil] = useState<number | null>(null);
  const seconds = useCountdown(until);
  if (me) return <Navigate to={nextPage(params)} replace />;

  const next = nextOf(login.error);
  const send = (input: LoginInput) => {
    login.mutate(input, {
      onError: (error) => {
        const after = nextOf(error);
        setUntil(after?.kind === "wait" ? Date.now() + after.seconds * 1000 : null);
        if (after?.kind === "code") setWords(input);
        // A right password that is asked for again with its code stays; a wrong one starts over.
        else if (after?.kind === "said") setWords(null);
      },
    });
  };
  const problem = next && <Refused error={login.error} next={next} until={until} seconds={seconds} />;
  if (words) {
    return (
      <Gate title={t("login.codeTitle")} lead={t("login.codeLead")}>
        <CodeStep isPending={login.isPending} isWaiting={seconds > 0} problem={problem} onSend={(code) => send({ ...words, code })} onBack={() => { setWords(null); login.reset(); }} />
      </Gate>
    );
  }
  return (
    <Gate title={t("login.title")}>
      {params.has("next") && !login.error && <Notice text={t(state?.ended ? "login.again" : "login.then")} />}
      {setup?.needs_owner && <Notice text={t("login.needsOwner")} />}
      {setup?.demo && <Notice text={t("login.demo")} />}
      <Form<LoginInput> layout="vertical" requiredMark={false} onFinish={send} disabled={login.isPending}>
        <Form.Item name="login" label={t("login.login")} rules={[{ required: true, message: t("login.loginMissing") }]}>
          <Input autoComplete="username" autoCapitalize="none" autoFocus maxLength={200} />
        </Form.Item>
        <Form.Item name="password" label={t("login.password")} rules={[{ required: true, message: t("login.passwordMissing") }]}>
          <Input.Password autoComplete="current-password" maxLength={500} />
        </Form.Item>
        {problem && <Form.Item>{problem}</Form.Item>}
        <Button type="primary" htmlType="submit" block disabled={seconds > 0} loading={busy(login.isPending)}>{t("login.submit")}</Button>
      </Form>
    </Gate>
  );
}

function Notice({ text }: { text: string }) {
  return <Alert type="info" showIcon role="note" title={text} style={{ marginBottom: 16 }} />;
}
