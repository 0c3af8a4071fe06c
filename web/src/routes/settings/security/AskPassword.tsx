import { Form, Input } from "antd";
import { useTranslation } from "react-i18next";
import { Trouble } from "../../../components/Trouble/Trouble";

interface Props {
  id: string;
  hint: string;
  error: unknown;
  onSend: (password: string) => void;
}

/** The password once more, before something that a passer-by at an open desk must not do. */
export function AskPassword({ id, hint, error, onSend }: Props) {
  const { t } = useTranslation();
  return (
    <Form<{ password: string }> id={id} layout="vertical" requiredMark={false} onFinish={({ password }) => onSend(password)}>
      <p>{hint}</p>
      <Form.Item name="password" label={t("security.yourPassword")} rules={[{ required: true, message: t("login.passwordMissing") }]}>
        <Input.Password autoComplete="current-password" maxLength={500} autoFocus />
      </Form.Item>
      <Trouble error={error} />
    </Form>
  );
}
