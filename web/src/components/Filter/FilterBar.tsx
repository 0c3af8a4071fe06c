import { FilterOutlined } from "@ant-design/icons";
import { Button } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { chosen, withFilter } from "../../filter/filter";
import type { ListName } from "../../filter/spec";
import { Chips } from "./Chips";
import { Choose } from "./Choose";
import { Days } from "./Days";
import styles from "./Filter.module.css";
import { type Definition, useDefinitions } from "./useDefinitions";
import { useFilters } from "./useFilters";
import { Words } from "./Words";

/** The filters of a list: the common ones at once, the rest on demand, and what is set in words below them. */
export function FilterBar({ list }: { list: ListName }) {
  const { t } = useTranslation();
  const definitions = useDefinitions(list);
  const [open, setOpen] = useState(false);
  const rare = definitions.filter((each) => !each.common);
  return (
    <div className={styles.filters} role="group" aria-label={t("lists.filters")}>
      <div className={styles.bar}>
        {definitions.filter((each) => each.common).map((each) => <Control key={each.key} list={list} of={each} />)}
        {rare.length > 0 && (
          <Button type="text" icon={<FilterOutlined />} aria-expanded={open} onClick={() => setOpen(!open)}>
            {open ? t("lists.fewer") : t("lists.more")}
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
    return <Days label={of.label} from={params.get("from")} to={params.get("to")} onChange={range} />;
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
