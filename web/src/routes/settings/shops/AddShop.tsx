import { App, Form, Input, Modal, Select } from "antd";
import { useTranslation } from "react-i18next";
import { busy } from "../../../components/Busy/busy";
import { useCreateShop } from "../../../api/shops";
import type { NewShop } from "../../../api/types";
import { Trouble } from "../../../components/Trouble/Trouble";
import { platforms } from "../../../filter/spec";

export function AddShop({ open, onClose }: { open: boolean; onClose: () => void }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const [form] = Form.useForm<NewShop>();
  const create = useCreateShop();
  const add = (shop: NewShop) =>
    create.mutate(shop, {
      onSuccess: ({ name }) => {
        void message.success(t("settings.shopAdded", { name }));
        form.resetFields();
        onClose();
      },
    });
  return (
    <Modal open={open} title={t("settings.addShop")} okText={t("settings.addShop")} cancelText={t("action.cancel")} okButtonProps={{ loading: busy(create.isPending) }} onOk={form.submit} onCancel={onClose} destroyOnHidden>
      <Form form={form} layout="vertical" requiredMark={false} onFinish={add} initialValues={{ platform: "taobao" }}>
        <Form.Item name="name" label={t("settings.shopName")} rules={[{ required: true, whitespace: true, message: t("imports.noName") }]}>
          <Input maxLength={80} autoFocus />
        </Form.Item>
        <Form.Item name="platform" label={t("settings.platform")}>
          <Select options={platforms.map((value) => ({ value, label: t(`platform.${value}`) }))} />
        </Form.Item>
      </Form>
      <Trouble error={create.error} />
    </Modal>
  );
}
