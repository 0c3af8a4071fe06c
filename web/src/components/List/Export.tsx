import { DownloadOutlined } from "@ant-design/icons";
import { Button, Dropdown } from "antd";
import { useTranslation } from "react-i18next";
import { useMay } from "../../api/session";
import { queryOf } from "../../routes/filters";

const formats = ["xlsx", "csv"] as const;

/** Takes the whole list of the filter out as a file. */
export function Export({ of, filter }: { of: "reviews" | "cases"; filter: object }) {
  const { t } = useTranslation();
  if (!useMay("list.export")) return null;
  const addressOf = (format: string) => {
    const query = queryOf(filter);
    query.delete("sort");
    query.set("format", format);
    return `/api/v1/${of}/export?${query}`;
  };
  return (
    <Dropdown
      trigger={["click"]}
      menu={{
        items: formats.map((format) => ({
          key: format,
          label: <a href={addressOf(format)} download>{t(`list.exportAs.${format}`)}</a>,
        })),
      }}
    >
      <Button icon={<DownloadOutlined />} title={t("list.exportHint")}>{t("list.export")}</Button>
    </Dropdown>
  );
}
