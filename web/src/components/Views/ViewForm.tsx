import { Checkbox, Form, Input, Modal } from "antd";
import { useTranslation } from "react-i18next";
import { Trouble } from "../Trouble/Trouble";
import styles from "./Views.module.css";

interface Props {
  title: string;
  name?: string;
  mayShare?: boolean;
  error: unknown;
  busy: boolean;
  onSave: (name: string, shared: boolean) => void;
  onClose: () => void;
}

const longest = 60;

/** The name of a view, and whether colleagues see it. */
export function ViewForm({ title, name, mayShare, error, busy, onSave, onClose }: Props) {
  const { t } = useTranslation();
  const [form] = Form.useForm<{ name: string; shared: boolean }>();
  return (
    <Modal
      open
      title={title}
      okText={t("views.saveOk")}
      cancelText={t("action.cancel")}
      confirmLoading={busy}
      onOk={() => form.submit()}
      onCancel={onClose}
      width={420}
      destroyOnHidden
    >
      <Form form={form} layout="vertical" requiredMark={false} initialValues={{ name: name ?? "", shared: false }} onFinish={({ name: typed, shared }) => onSave(typed.trim(), shared ?? false)}>
        <Form.Item name="name" label={t("views.name")} rules={[{ required: true, whitespace: true, message: t("views.nameMissing") }]}>
          <Input autoFocus maxLength={longest} placeholder={t("views.nameExample")} />
        </Form.Item>
        {mayShare && (
          <Form.Item name="shared" valuePropName="checked" className={styles.last}>
            <Checkbox>{t("views.shareWithAll")}</Checkbox>
          </Form.Item>
        )}
        {mayShare && <p className={styles.hint}>{t("views.shareHint")}</p>}
      </Form>
      <Trouble error={error} />
    </Modal>
  );
}
