import { DatePicker, Grid, Button, Tag } from "antd";
import dayjs from "dayjs";
import "dayjs/locale/zh-cn";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useShops } from "../../api/shops";
import { Choose } from "../../components/Filter/Choose";
import styles from "../../components/Filter/Filter.module.css";
import { useFilters } from "../../components/Filter/useFilters";
import { choices } from "../filters";

const rarer = ["verdict", "platform", "shop"] as const;
const others = ["rating", "cause", "sentiment", "has_case", "from", "to", "q", "order", "severity_min", ...rarer];

export function ReviewFilters() {
  const { t, i18n } = useTranslation();
  dayjs.locale(i18n.language.toLowerCase());
  const { shops } = useShops();
  const { params, set, setParams } = useFilters();
  const phone = !(Grid.useBreakpoint().md ?? true);
  const [open, setOpen] = useState(rarer.some((key) => key !== "shop" && params.has(key)));
  const words = (key: "verdict" | "sentiment" | "cause" | "platform") => choices[key].map((value) => ({ value, label: t(`${key}.${value}`) }));
  const choose = (key: string, label: string, options: { value: string; label: string }[], width?: number) => (
    <Choose label={label} options={options} value={params.getAll(key)} onChange={(values) => set(key, values)} width={width} />
  );
  const [from, to] = [params.get("from"), params.get("to")];
  const clear = () => setParams((now) => new URLSearchParams(now.get("sort") ? { sort: now.get("sort") ?? "" } : {}), { replace: true });

  return (
    <div className={styles.bar} role="group" aria-label={t("reviews.filter.label")}>
      {choose("rating", t("reviews.filter.rating"), choices.rating.map((value) => ({ value, label: t("stars", { count: Number(value) }) })), 120)}
      {choose("cause", t("reviews.filter.cause"), words("cause"), 150)}
      {choose("sentiment", t("reviews.filter.sentiment"), words("sentiment"), 130)}
      {choose("has_case", t("reviews.filter.case"), [{ value: "true", label: t("reviews.filter.withCase") }, { value: "false", label: t("reviews.filter.withoutCase") }], 130)}
      <DatePicker.RangePicker
        className={styles.dates}
        value={[from ? dayjs(from) : null, to ? dayjs(to) : null]}
        onChange={(_, [first, last]) => setParams((now) => {
          const next = new URLSearchParams(now);
          for (const [key, day] of [["from", first], ["to", last]] as const) day ? next.set(key, day) : next.delete(key);
          return next;
        }, { replace: true })}
        allowEmpty={[true, true]}
        placeholder={[t("reviews.filter.from"), t("reviews.filter.to")]}
        aria-label={t("reviews.filter.dates")}
      />
      {open && choose("verdict", t("reviews.filter.verdict"), words("verdict"), 130)}
      {open && choose("platform", t("reviews.filter.platform"), words("platform"), 150)}
      {open && choose("shop", t("reviews.filter.shop"), shops.map((shop) => ({ value: shop.id, label: shop.name })), 180)}
      {!open && <Button type="text" onClick={() => setOpen(true)}>{t("reviews.filter.more")}</Button>}
      {params.get("q") && !phone && <Tag closable onClose={() => set("q", null)}>{t("reviews.filter.words", { words: params.get("q") })}</Tag>}
      {params.get("order") && <Tag closable onClose={() => set("order", null)}>{t("reviews.filter.order", { number: params.get("order") })}</Tag>}
      {params.get("severity_min") && <Tag closable onClose={() => set("severity_min", null)}>{t("reviews.filter.severity", { points: params.get("severity_min") })}</Tag>}
      {others.some((key) => params.has(key)) && <Button type="link" onClick={clear}>{t("reviews.filter.clear")}</Button>}
    </div>
  );
}
