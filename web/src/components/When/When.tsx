import { Tooltip } from "antd";
import { useTranslation } from "react-i18next";
import { useZoneOf } from "../../api/shops";
import { exactTime, relativeTime } from "../../format/time";
import { useMinute } from "./useMinute";

interface Props {
  at: string | null | undefined;
  /** The shop whose zone the exact time is shown in; without it the reader's own. */
  shop?: string;
  /** What stands here when there is no time; "unknown" says so in words. */
  none?: "dash" | "unknown";
}

/** "3 天前", with the exact time in the shop's zone on hover and focus. */
export function When({ at, shop, none = "dash" }: Props) {
  const { t, i18n } = useTranslation();
  const zoneOf = useZoneOf();
  const now = useMinute();
  if (!at) return <span>{none === "unknown" ? t("time.unknown") : "–"}</span>;
  const date = new Date(at);
  const zone = shop ? zoneOf(shop) : undefined;
  const exact = exactTime(date, i18n.language, zone) + (zone ? ` · ${zone.replaceAll("_", " ")}` : "");
  return (
    <Tooltip title={exact}>
      <time dateTime={at} style={{ whiteSpace: "nowrap" }}>{relativeTime(date, now, i18n.language)}</time>
    </Tooltip>
  );
}
