import { Button, Checkbox, Form, Input, Modal, Select } from "antd";
import { useTranslation } from "react-i18next";
import { busy } from "../../../components/Busy/busy";
import { useMe } from "../../../api/session";
import { useCreateToken } from "../../../api/tokens";
import { useFieldErrors } from "../../../components/Form/useFieldErrors";
import { Trouble } from "../../../components/Trouble/Trouble";
import { grantable, readOnly } from "./permissions";
import styles from "./Tokens.module.css";

interface Wish {
  name: string;
  permissions: string[];
  days: number;
}

const spans = [7, 30, 90, 180, 365];

interface Props {
  onClose: () => void;
  onMade: (token: { token: string; name: string }) => void;
}

export function TokenDialog({ onClose, onMade }: Props) {
  const { t } = useTranslation();
  const { data: me } = useMe();
  const [form] = Form.useForm<Wish>();
  const create = useCreateToken();
  useFieldErrors(form, create.error);
  const possible = grantable(me?.permissions ?? []);
  return (
    <Modal open title={t("tokens.add")} okText={t("tokens.make")} cancelText={t("action.cancel")} okButtonProps={{ loading: busy(create.isPending) }} onOk={form.submit} onCancel={onClose} width={560}>
      <Form<Wish>
        form={form}
        layout="vertical"
        requiredMark={false}
        initialValues={{ days: 90, permissions: readOnly(possible) }}
        onFinish={(wish) => create.mutate({ ...wish, name: wish.name.trim() }, { onSuccess: onMade })}
      >
        <Form.Item name="name" label={t("tokens.name")} rules={[{ required: true, whitespace: true, message: t("setup.missing") }]}>
          <Input maxLength={80} autoFocus placeholder={t("tokens.example")} autoComplete="off" />
        </Form.Item>
        <Form.Item
          name="permissions"
          label={t("tokens.may")}
          extra={t("tokens.mayHelp")}
          rules={[{ required: true, type: "array", min: 1, message: t("tokens.mayMissing") }]}
        >
          <Checkbox.Group className={styles.rights} options={possible.map((value) => ({ value, label: t(`permission.${value}`) }))} />
        </Form.Item>
        <div className={styles.quick}>
          <Button size="small" onClick={() => form.setFieldsValue({ permissions: readOnly(possible) })}>{t("tokens.onlyLook")}</Button>
          <Button size="small" onClick={() => form.setFieldsValue({ permissions: possible })}>{t("tokens.everything")}</Button>
        </div>
        <Form.Item name="days" label={t("tokens.days")}>
          <Select style={{ width: 160 }} options={spans.map((value) => ({ value, label: t("tokens.inDays", { count: value }) }))} />
        </Form.Item>
      </Form>
      <Trouble error={create.error} />
    </Modal>
  );
}
