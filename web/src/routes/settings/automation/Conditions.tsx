import { DeleteOutlined } from "@ant-design/icons";
import { Button, Input, InputNumber, Select, Space } from "antd";
import { useTranslation } from "react-i18next";
import { useProductNames } from "../../../api/automation";
import { useShops } from "../../../api/shops";
import { useTags } from "../../../api/tags";
import type { RuleCondition } from "../../../api/types";
import { causes, languages, platforms } from "../../../filter/spec";
import { languageName } from "../../../i18n/names";
import { newConditions, type Subject } from "./rule";

const faults = ["seller", "carrier", "platform", "buyer", "third_party", "unknown"] as const;
const moods = ["negative", "mixed", "neutral", "positive"] as const;
const objects = ["seller_feedback", "product_review", "review", "followup"] as const;

interface Props {
  value: RuleCondition[];
  onChange: (value: RuleCondition[]) => void;
}

/** The conditions of a rule, one a line. */
export function Conditions({ value, onChange }: Props) {
  const { t } = useTranslation();
  const subjects = (Object.keys(newConditions) as Subject[]).map((on) => ({ value: on, label: t(`automation.subject.${on}`) }));
  const put = (at: number, next: RuleCondition) => onChange(value.map((each, place) => (place === at ? next : each)));
  return (
    <Space orientation="vertical" style={{ width: "100%" }}>
      {value.map((condition, at) => (
        <Space key={at} wrap>
          <Select style={{ width: 140 }} aria-label={t("automation.subjectOf", { number: at + 1 })} value={condition.on} options={subjects} onChange={(on: Subject) => put(at, newConditions[on])} />
          <Values of={condition} onChange={(next) => put(at, next)} />
          <Button type="text" icon={<DeleteOutlined />} aria-label={t("automation.dropCondition", { number: at + 1 })} onClick={() => onChange(value.filter((_, place) => place !== at))} />
        </Space>
      ))}
      <Button onClick={() => onChange([...value, newConditions.cause])} disabled={value.length >= 20}>{t("automation.addCondition")}</Button>
    </Space>
  );
}

function Values({ of, onChange }: { of: RuleCondition; onChange: (next: RuleCondition) => void }) {
  const { t, i18n } = useTranslation();
  const { shops } = useShops();
  const { tags } = useTags();
  const products = useProductNames().data ?? [];
  const label = t("automation.valueOf", { subject: t(`automation.subject.${of.on}`) });
  const many = (options: { value: string; label: string }[]) => (
    <Select mode="multiple" showSearch={{ optionFilterProp: "label" }} style={{ minWidth: 260 }} aria-label={label} options={options} value={"any_of" in of ? of.any_of : []} onChange={(any_of: string[]) => onChange({ ...of, any_of } as RuleCondition)} />
  );
  const words = (values: readonly string[], group: string) => many(values.map((value) => ({ value, label: t(`${group}.${value}`) })));
  switch (of.on) {
    case "shop": return many(shops.map(({ id, name }) => ({ value: id, label: name })));
    case "tag": return many(tags.map(({ id, name }) => ({ value: id, label: name })));
    case "product": return many(products);
    case "platform": return words(platforms, "platform");
    case "cause": return words(causes, "cause");
    case "fault": return words(faults, "fault");
    case "sentiment": return words(moods, "sentiment");
    case "object": return words(objects, "object");
    case "language": return many(languages.map((value) => ({ value, label: languageName(value, i18n.language, t("tongue.und")) })));
    case "text": return <Select mode="tags" open={false} style={{ minWidth: 260 }} aria-label={label} placeholder={t("automation.typeWords")} value={of.any_of} onChange={(any_of: string[]) => onChange({ ...of, any_of })} />;
    case "handler": return <Select style={{ width: 140 }} aria-label={label} value={of.is} options={(["none", "someone"] as const).map((value) => ({ value, label: t(`automation.handler.${value}`) }))} onChange={(is) => onChange({ ...of, is })} />;
    case "order_value": return (
      <>
        <InputNumber min={0} precision={2} aria-label={t("automation.from")} value={of.from / 100} onChange={(from) => onChange({ ...of, from: Math.round((from ?? 0) * 100) })} />
        <InputNumber min={0} precision={2} aria-label={t("automation.to")} placeholder={t("automation.noLimit")} value={of.to == null ? null : of.to / 100} onChange={(to) => onChange({ ...of, to: to === null ? null : Math.round(to * 100) })} />
        <Input style={{ width: 70 }} maxLength={3} aria-label={t("automation.currency")} value={of.currency} onChange={(event) => onChange({ ...of, currency: event.target.value.toUpperCase() })} />
      </>
    );
    default: {
      const [least, most] = of.on === "stars" ? [1, 5] : [0, 100];
      return (
        <>
          <InputNumber min={least} max={most} precision={0} aria-label={t("automation.from")} value={of.from} onChange={(from) => onChange({ ...of, from: from ?? least })} />
          <InputNumber min={least} max={most} precision={0} aria-label={t("automation.to")} value={of.to} onChange={(to) => onChange({ ...of, to: to ?? most })} />
        </>
      );
    }
  }
}
