import { MinusCircleOutlined, PlusOutlined } from "@ant-design/icons";
import { Button, Form, Input, Select } from "antd";
import { useTranslation } from "react-i18next";
import { fields } from "./fields";
import type { ImportForm } from "./form";
import styles from "./Imports.module.css";

const encodings = ["utf-8", "gb18030", "utf-16le", "windows-1252"];
const names: Record<string, string> = { "utf-8": "UTF-8", gb18030: "GBK / GB18030", "utf-16le": "UTF-16", "windows-1252": "Windows-1252" };
const auto = "auto";

/** What is only needed when the guess would be wrong. */
export function Options({ form, onChange }: { form: ImportForm; onChange: (change: Partial<ImportForm>) => void }) {
  const { t } = useTranslation();
  const set = (index: number, change: Partial<ImportForm["columns"][number]>) =>
    onChange({ columns: form.columns.map((wish, other) => (other === index ? { ...wish, ...change } : wish)) });
  return (
    <>
      <Form.Item label={t("imports.encoding")} htmlFor="import-encoding">
        <Select
          id="import-encoding"
          value={form.encoding ?? auto}
          onChange={(encoding) => onChange({ encoding: encoding === auto ? null : encoding })}
          options={[{ value: auto, label: t("imports.auto") }, ...encodings.map((value) => ({ value, label: names[value] }))]}
        />
      </Form.Item>
      <Form.Item label={t("imports.map")} extra={t("imports.mapHint")}>
        {form.columns.map((wish, index) => (
          <div key={index} className={styles.wish}>
            <Select
              value={wish.field || undefined}
              placeholder={t("imports.mapField")}
              aria-label={t("imports.mapField")}
              onChange={(field) => set(index, { field })}
              showSearch={{ optionFilterProp: "label" }}
              options={fields.map((value) => ({ value, label: t(`imports.fieldName.${value}`) }))}
            />
            <Input
              value={wish.column}
              placeholder={t("imports.mapColumn")}
              aria-label={t("imports.mapColumn")}
              onChange={(event) => set(index, { column: event.target.value })}
            />
            <Button
              type="text"
              icon={<MinusCircleOutlined />}
              aria-label={t("imports.mapRemove")}
              onClick={() => onChange({ columns: form.columns.filter((_, other) => other !== index) })}
            />
          </div>
        ))}
        <Button size="small" icon={<PlusOutlined />} onClick={() => onChange({ columns: [...form.columns, { field: "", column: "" }] })}>{t("imports.mapAdd")}</Button>
      </Form.Item>
    </>
  );
}
