import { FilterOutlined } from "@ant-design/icons";
import { Badge, Button, Grid } from "antd";
import { lazy, Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import { chosen, setKeys, withFilter } from "../../filter/filter";
import type { ListName } from "../../filter/spec";
import { Chips } from "./Chips";
import { Choose } from "./Choose";
import styles from "./Filter.module.css";
import { type Definition, useDefinitions } from "./useDefinitions";
import { useFilters } from "./useFilters";
import { Words } from "./Words";

/** The calendar is large: it comes when the list is there already. */
const Days = lazy(async () => ({ default: (await import("./Days")).Days }));

/** The filters of a list: the common ones at once, the rest on demand, and what is set in words below them. */
export function FilterBar({ list }: { list: ListName }) {
  const { t } = useTranslation();
  const definitions = useDefinitions(list);
  const { params } = useFilters();
  const [open, setOpen] = useState(false);
  // A phone shows rows first; its filters all stand behind one button.
  const phone = !(Grid.useBreakpoint().md ?? true);
  const common = phone ? [] : definitions.filter((each) => each.common);
  const rare = phone ? definitions : definitions.filter((each) => !each.common);
  const set = setKeys(list, params).filter((key) => key !== "shop").length;
  return (
    <div className={styles.filters} role="group" aria-label={t("lists.filters")}>
      <div className={styles.bar}>
        {common.map((each) => <Control key={each.key} list={list} of={each} />)}
        {rare.length > 0 && (
          <Button type={phone ? "default" : "text"} icon={<FilterOutlined aria-hidden="true" />} aria-expanded={open} onClick={() => setOpen(!open)}>
            {open ? t("lists.fewer") : phone ? t("lists.filters") : t("lists.more")}
            {phone && set > 0 && <Badge count={set} color="var(--ant-color-primary)" />}
          </Button>
        )}
      </div>
      {open && <div className={styles.bar}>{rare.map((each) => <Control key={each.key} list={list} of={each} />)}</div>}
      <Chips list={list} definitions={definitions} />
    </div>
  );
}

function Control({ list, of }: { list: ListName; of: Definition }) {
  const { params, set, change } = useFilters();
  if (of.control === "days") {
    const range = (from: string, to: string) => change((now) => withFilter(withFilter(now, "from", from), "to", to));
    return (
      <Suspense fallback={<span className={styles.dates} />}>
        <Days label={of.label} from={params.get("from")} to={params.get("to")} onChange={range} />
      </Suspense>
    );
  }
  if (of.control === "text") {
    return <Words label={of.label} value={params.get(of.key) ?? ""} width={of.width} onChange={(words) => set(of.key, words)} />;
  }
  return (
    <Choose
      label={of.label}
      options={of.choices}
      value={chosen(list, params, of.key)}
      width={of.width}
      single={of.control === "one"}
      onChange={(values) => set(of.key, values)}
    />
  );
}
