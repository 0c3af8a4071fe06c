import { DownloadOutlined } from "@ant-design/icons";
import { Button, Dropdown } from "antd";
import { useTranslation } from "react-i18next";
import { useMay } from "../../api/session";
import { type Filter, queryOf } from "../../filter/filter";
import type { ListName } from "../../filter/spec";

const formats = ["xlsx", "csv", "jsonl"] as const;

interface Props {
  of: ListName;
  filter: Filter;
  /** The columns of the file that say what the table shows. */
  columns: readonly string[];
}

/** Takes the whole list of the filter out as a file, with all its fields or with the columns that are shown. */
export function Export({ of, filter, columns }: Props) {
  const { t } = useTranslation();
  if (!useMay("list.export")) return null;
  const addressOf = (format: string, chosen: readonly string[]) => {
    const query = queryOf(filter);
    query.delete("sort");
    query.set("format", format);
    if (chosen.length > 0) query.set("columns", chosen.join(","));
    return `/api/v1/${of}/export?${query}`;
  };
  const group = (key: string, label: string, chosen: readonly string[]) => ({
    key,
    type: "group" as const,
    label,
    children: formats.map((format) => ({
      key: `${key}.${format}`,
      label: <a href={addressOf(format, chosen)} download>{t(`lists.exportAs.${format}`)}</a>,
    })),
  });
  const items = [group("all", t("lists.exportAll"), [])];
  if (columns.length > 0) items.unshift(group("shown", t("lists.exportShown"), columns));
  return (
    <Dropdown trigger={["click"]} placement="bottomRight" menu={{ items }}>
      <Button icon={<DownloadOutlined aria-hidden="true" />} title={t("list.exportHint")}>{t("list.export")}</Button>
    </Dropdown>
  );
}
