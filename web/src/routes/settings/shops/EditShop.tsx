import { App, Form, Input, Modal, Select } from "antd";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { busy } from "../../../components/Busy/busy";
import { useChangeShop } from "../../../api/shops";
import type { Shop } from "../../../api/types";
import { useFieldErrors } from "../../../components/Form/useFieldErrors";
import { Trouble } from "../../../components/Trouble/Trouble";
import { zones } from "./zones";

type ShopWords = Pick<Shop, "name" | "timezone">;

/** Renames a shop and sets its zone. What is stored stays as it was: instants know no zone. */
export function EditShop({ shop, onClose }: { shop: Shop; onClose: () => void }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const [form] = Form.useForm<ShopWords>();
  const change = useChangeShop();
  useFieldErrors(form, change.error);
  const options = useMemo(() => zones(shop.timezone).map((zone) => ({ value: zone, label: zone.replaceAll("_", " ") })), [shop.timezone]);
  const save = (input: ShopWords) =>
    change.mutate({ id: shop.id, name: input.name.trim(), timezone: input.timezone }, {
      onSuccess: () => {
        void message.success(t("settings.shopSaved"));
        onClose();
      },
    });
  return (
    <Modal open title={t("settings.editShopOf", { name: shop.name })} okText={t("settings.save")} cancelText={t("action.cancel")} okButtonProps={{ loading: busy(change.isPending) }} onOk={form.submit} onCancel={onClose}>
      <Form form={form} layout="vertical" requiredMark={false} onFinish={save} initialValues={shop}>
        <Form.Item name="name" label={t("settings.shopName")} rules={[{ required: true, whitespace: true, message: t("imports.noName") }]}>
          <Input maxLength={80} autoFocus />
        </Form.Item>
        <Form.Item name="timezone" label={t("settings.timezone")} extra={t("settings.timezoneHelp")}>
          <Select showSearch={{ optionFilterProp: "label" }} options={options} />
        </Form.Item>
      </Form>
      <Trouble error={change.error} />
    </Modal>
  );
}
