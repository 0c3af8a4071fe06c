import { Button, Form, Input, Select } from "antd";
import type { CSSProperties } from "react";
import { useTranslation } from "react-i18next";
import { type TagColour, tagColours } from "../../api/types";
import { busy } from "../Busy/busy";
import styles from "./Tags.module.css";

export interface TagWish {
  name: string;
  colour: TagColour;
}

interface Props {
  start?: TagWish;
  submit: string;
  working: boolean;
  onSave: (wish: TagWish) => void;
  onCancel?: () => void;
}

/** Name and colour of a tag. */
export function TagForm({ start, submit, working, onSave, onCancel }: Props) {
  const { t } = useTranslation();
  const [form] = Form.useForm<TagWish>();
  const finish = ({ name, colour }: TagWish) => {
    onSave({ name: name.trim(), colour });
    if (!start) form.resetFields();
  };
  return (
    <Form form={form} className={styles.form} layout="inline" initialValues={start ?? { name: "", colour: "blue" }} onFinish={finish}>
      <Form.Item name="name" rules={[{ required: true, whitespace: true, message: t("tags.nameMissing") }]}>
        <Input maxLength={40} aria-label={t("tags.name")} placeholder={t("tags.nameExample")} style={{ width: 200 }} />
      </Form.Item>
      <Form.Item name="colour">
        <Select
          aria-label={t("tags.colour")}
          style={{ width: 120 }}
          options={tagColours.map((value) => ({
            value,
            label: <span className={styles.colour} style={{ "--tag": `var(--tag-${value})` } as CSSProperties}>{t(`tags.colours.${value}`)}</span>,
          }))}
        />
      </Form.Item>
      <Button htmlType="submit" loading={busy(working)}>{submit}</Button>
      {onCancel && <Button type="text" onClick={onCancel}>{t("action.cancel")}</Button>}
    </Form>
  );
}
