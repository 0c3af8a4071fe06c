import { App, AutoComplete, Button, DatePicker, Form, Input, Select } from "antd";
import dayjs, { type Dayjs } from "dayjs";
import "dayjs/locale/zh-cn";
import { useTranslation } from "react-i18next";
import { useCreateFigure } from "../../../api/figures";
import { useShops } from "../../../api/shops";
import { busy } from "../../../components/Busy/busy";
import { Trouble } from "../../../components/Trouble/Trouble";
import styles from "./Figures.module.css";
import { figureCode, figureNames } from "./names";

interface Typed {
  shop: string;
  name: string;
  value: string;
  date: Dayjs;
}

export function FigureForm() {
  const { t, i18n } = useTranslation();
  dayjs.locale(i18n.language.toLowerCase());
  const { message } = App.useApp();
  const { shops } = useShops();
  const [form] = Form.useForm<Typed>();
  const create = useCreateFigure();
  const keep = ({ shop, name, value, date }: Typed) =>
    create.mutate({ shop_id: shop, name: figureCode(name, t), value: value.trim(), unit: null, date: date.format("YYYY-MM-DD") }, {
      onSuccess: () => {
        void message.success(t("figures.kept"));
        // The next one is mostly of the same shop and day.
        form.resetFields(["name", "value"]);
      },
    });
  const needed = (text: string) => [{ required: true, message: text }];
  return (
    <Form form={form} layout="vertical" requiredMark={false} onFinish={keep} initialValues={{ date: dayjs(), shop: shops.length === 1 ? shops[0]?.id : undefined }} className={styles.form}>
      <Form.Item name="shop" label={t("figures.shop")} rules={needed(t("imports.chooseShop"))} className={styles.wide}>
        <Select placeholder={t("imports.chooseShop")} options={shops.map(({ id, name }) => ({ value: id, label: name }))} />
      </Form.Item>
      <Form.Item name="name" label={t("figures.name")} rules={[{ required: true, whitespace: true, message: t("figures.nameMissing") }]} className={styles.wide}>
        <AutoComplete
          maxLength={80}
          placeholder={t("figures.nameHint")}
          options={figureNames.map((each) => ({ value: t(`figureName.${each}`) }))}
          showSearch={{ filterOption: (typed, option) => (option?.value ?? "").toLowerCase().includes(typed.toLowerCase()) }}
        />
      </Form.Item>
      <Form.Item name="value" label={t("figures.value")} rules={[{ required: true, whitespace: true, message: t("figures.valueMissing") }]}>
        <Input maxLength={24} placeholder={t("figures.valueHint")} />
      </Form.Item>
      <Form.Item name="date" label={t("figures.date")} rules={needed(t("figures.dateMissing"))}>
        <DatePicker className={styles.date} allowClear={false} disabledDate={(day) => day.isAfter(dayjs(), "day")} />
      </Form.Item>
      <div className={styles.wide}>
        <Trouble error={create.error} />
        <Button htmlType="submit" loading={busy(create.isPending)}>{t("figures.keep")}</Button>
      </div>
    </Form>
  );
}
