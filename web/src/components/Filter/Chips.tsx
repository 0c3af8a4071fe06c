import { CloseOutlined } from "@ant-design/icons";
import { Button, Segmented } from "antd";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { chosen, joinable, setKeys, withoutFilters } from "../../filter/filter";
import { useZoneOf } from "../../api/shops";
import type { ListName } from "../../filter/spec";
import { exactTime } from "../../format/time";
import styles from "./Filter.module.css";
import { NameOf } from "./NameOf";
import type { Definition } from "./useDefinitions";
import { useFilters } from "./useFilters";

interface Props {
  list: ListName;
  definitions: Definition[];
}

/** What is set, in words, each to be taken away; and whether all of it must hold or any of it. */
export function Chips({ list, definitions }: Props) {
  const { t, i18n } = useTranslation();
  const zoneOf = useZoneOf();
  const { params, set, change } = useFilters();
  // The last day is told with the first, and the shop by the switch at the top.
  const keys = setKeys(list, params).filter((key) => key !== "to" || !params.has("from"));
  const shown = keys.filter((key) => key !== "shop" || chosen(list, params, "shop").length > 1);
  if (shown.length === 0) return null;

  // A day stands as it was chosen; the instant of a figure is told in the shop's zone.
  const told = (value: string | null) => (value === null ? "…" : value.includes("T") ? exactTime(new Date(value), i18n.language, zoneOf(params.get("shop") ?? "")) : value);
  const valueOf = (key: string): ReactNode => {
    if (key === "from" || key === "to") return `${told(params.get("from"))} – ${told(params.get("to"))}`;
    const values = chosen(list, params, key);
    if (key === "product" || key === "buyer") return values.map((id) => <NameOf key={id} kind={key} id={id} />);
    const choices = definitions.find((each) => each.key === key)?.choices ?? [];
    const words = values.map((value) => choices.find((choice) => choice.value === value)?.label ?? (choices.length > 0 ? t("unknown") : value));
    return words.join(t("lists.comma"));
  };
  const labelOf = (key: string) => {
    const name = key === "to" ? "from" : key;
    return definitions.find((each) => each.key === name)?.label ?? t(`lists.filter.${key}`);
  };
  const remove = (key: string) => change((now) => {
    const next = new URLSearchParams(now);
    for (const each of key === "from" ? ["from", "to"] : [key, `${key}_match`]) next.delete(each);
    return next;
  });

  return (
    <div className={styles.chips} role="group" aria-label={t("lists.set")}>
      {joinable(list, params) && (
        <Segmented
          size="small"
          aria-label={t("lists.join")}
          value={params.get("match") === "any" ? "any" : "all"}
          onChange={(match) => set("match", match === "any" ? "any" : null)}
          options={[{ value: "all", label: t("lists.joinAll") }, { value: "any", label: t("lists.joinAny") }]}
        />
      )}
      {shown.map((key) => (
        <span key={key} className={styles.chip}>
          <span className={styles.chipName}>{labelOf(key)}</span>
          {(key === "cause" || key === "tag") && chosen(list, params, key).length > 1 && `${key}_match` in matches && (
            <Match name={labelOf(key)} all={params.get(`${key}_match`) === "all"} onChange={(all) => set(`${key}_match`, all ? "all" : null)} />
          )}
          <span className={styles.chipValue}>{valueOf(key)}</span>
          <Button type="text" size="small" className={styles.off} icon={<CloseOutlined />} aria-label={t("lists.remove", { name: labelOf(key) })} onClick={() => remove(key)} />
        </span>
      ))}
      <Button type="link" size="small" onClick={() => change((now) => withoutFilters(list, now))}>{t("lists.clear")}</Button>
    </div>
  );
}

const matches = { cause_match: true, tag_match: true };

/** Whether a row needs one of the values or each of them. */
function Match({ name, all, onChange }: { name: string; all: boolean; onChange: (all: boolean) => void }) {
  const { t } = useTranslation();
  return (
    <Button
      size="small"
      type="text"
      className={styles.match}
      aria-label={t(all ? "lists.matchAllOf" : "lists.matchAnyOf", { name })}
      title={t("lists.matchHint")}
      onClick={() => onChange(!all)}
    >
      {t(all ? "lists.matchAll" : "lists.matchAny")}
    </Button>
  );
}
