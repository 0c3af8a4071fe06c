import { App, Button, Form, Input } from "antd";
import { useTranslation } from "react-i18next";
import { useChangePassword } from "../../../api/security";
import { useMe } from "../../../api/session";
import { busy } from "../../../components/Busy/busy";
import { useFieldErrors } from "../../../components/Form/useFieldErrors";
import { Trouble } from "../../../components/Trouble/Trouble";
import styles from "../Settings.module.css";

interface Words {
  old: string;
  new: string;
  again: string;
}

const shortest = 10;

export function PasswordForm() {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const { data: me } = useMe();
  const [form] = Form.useForm<Words>();
  const change = useChangePassword();
  useFieldErrors(form, change.error);
  const missing = { required: true, message: t("setup.missing") };
  const save = (words: Words) =>
    change.mutate({ old: words.old, new: words.new }, {
      onSuccess: () => {
        form.resetFields();
        void message.success(t("security.passwordChanged"));
      },
    });
  return (
    <Form<Words> form={form} layout="vertical" requiredMark={false} className={styles.form} onFinish={save} disabled={change.isPending}>
      <p className={styles.hint}>{t("security.passwordHint")}</p>
      <input type="text" hidden readOnly autoComplete="username" value={me?.user.login ?? ""} />
      <Form.Item name="old" label={t("security.old")} rules={[missing]}>
        <Input.Password autoComplete="current-password" maxLength={500} />
      </Form.Item>
      <Form.Item name="new" label={t("security.new")} extra={t("setup.passwordHelp")} rules={[missing, { min: shortest, message: t("setup.short", { count: shortest }) }]}>
        <Input.Password autoComplete="new-password" maxLength={500} />
      </Form.Item>
      <Form.Item
        name="again"
        label={t("security.again")}
        dependencies={["new"]}
        rules={[missing, ({ getFieldValue }) => ({ validator: (_, value) => (!value || value === getFieldValue("new") ? Promise.resolve() : Promise.reject(new Error(t("security.differs")))) })]}
      >
        <Input.Password autoComplete="new-password" maxLength={500} />
      </Form.Item>
      {change.error && <Form.Item><Trouble error={change.error} /></Form.Item>}
      <Button htmlType="submit" loading={busy(change.isPending)}>{t("security.changePassword")}</Button>
    </Form>
  );
}
