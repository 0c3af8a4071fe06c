import { Form, Input, Select } from "antd";
import { useTranslation } from "react-i18next";
import { useShops } from "../../api/shops";
import { useMay } from "../../api/session";
import type { Platform } from "../../api/types";
import { platforms } from "../../filter/spec";
import type { ImportForm, Missing } from "./form";

interface Props {
  form: ImportForm;
  problems: Missing[];
  onChange: (change: Partial<ImportForm>) => void;
}

export function ShopChoice({ form, problems, onChange }: Props) {
  const { t } = useTranslation();
  const { shops } = useShops();
  const mayCreate = useMay("shop.manage");
  const help = (problem: Missing) => (problems.includes(problem) ? t(`imports.${problem}`) : undefined);
  return (
    <>
      <Form.Item label={t("imports.shop")} htmlFor="import-shop" required validateStatus={help("noShop") && "error"} help={help("noShop")}>
        <Select
          id="import-shop"
          value={form.shop}
          onChange={(shop) => onChange({ shop })}
          placeholder={t("imports.chooseShop")}
          showSearch={shops.length > 8 ? { optionFilterProp: "label" } : false}
          options={[
            ...(mayCreate ? [{ value: "new", label: t("imports.newShop") }] : []),
            ...shops.map((shop) => ({ value: shop.id, label: `${shop.name} · ${t(`platform.${shop.platform}`)}` })),
          ]}
        />
      </Form.Item>
      {form.shop === "new" && (
        <>
          <Form.Item label={t("imports.shopName")} htmlFor="import-shop-name" required validateStatus={help("noName") && "error"} help={help("noName")}>
            <Input id="import-shop-name" value={form.newName} maxLength={80} onChange={(event) => onChange({ newName: event.target.value })} />
          </Form.Item>
          <Form.Item label={t("imports.platform")} htmlFor="import-platform" required>
            <Select
              id="import-platform"
              value={form.newPlatform}
              onChange={(newPlatform: Platform) => onChange({ newPlatform })}
              options={platforms.map((value) => ({ value, label: t(`platform.${value}`) }))}
            />
          </Form.Item>
        </>
      )}
    </>
  );
}
