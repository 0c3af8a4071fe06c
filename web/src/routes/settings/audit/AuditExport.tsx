import { DownloadOutlined } from "@ant-design/icons";
import { Button, Dropdown } from "antd";
import { useTranslation } from "react-i18next";
import type { AuditFilter } from "../../../api/audit";

const formats = ["xlsx", "csv", "jsonl"] as const;

/** Takes every entry of the filter out as a file. */
export function AuditExport({ filter }: { filter: AuditFilter }) {
  const { t } = useTranslation();
  const addressOf = (format: string) => `/api/v1/audit/export?${new URLSearchParams({ ...filter, format })}`;
  return (
    <Dropdown trigger={["click"]} menu={{ items: formats.map((format) => ({ key: format, label: <a href={addressOf(format)} download>{t(`audit.exportAs.${format}`)}</a> })) }}>
      <Button icon={<DownloadOutlined />} title={t("list.exportHint")}>{t("list.export")}</Button>
    </Dropdown>
  );
}
