import { ClockCircleOutlined, ExclamationCircleOutlined } from "@ant-design/icons";
import { Tooltip } from "antd";
import { useTranslation } from "react-i18next";
import { useZoneOf } from "../../api/shops";
import { exactTime, shortTime } from "../../format/time";
import { useMinute } from "../When/useMinute";
import { spanBetween, standingOf } from "./due";
import styles from "./Tasks.module.css";

/** "剩 5 小时 · 11/30 18:00"; what is over or near says so in word, sign and colour. */
export function Due({ at, shop }: { at: string; shop?: string }) {
  const { t, i18n } = useTranslation();
  const zoneOf = useZoneOf();
  const now = useMinute();
  const zone = shop ? zoneOf(shop) : undefined;
  const date = new Date(at);
  const standing = standingOf(at, now);
  const { unit, count } = spanBetween(now, date);
  const span = t(`tasks.span.${unit}`, { count });
  return (
    <Tooltip title={exactTime(date, i18n.language, zone)}>
      <span className={styles.due} data-standing={standing}>
        {standing === "over" ? <ExclamationCircleOutlined aria-hidden="true" /> : <ClockCircleOutlined aria-hidden="true" />}
        {t(standing === "over" ? "tasks.overdue" : "tasks.left", { span })} · {shortTime(date, i18n.language, zone)}
      </span>
    </Tooltip>
  );
}
