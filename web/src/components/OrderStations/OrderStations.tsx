import { CheckCircleFilled, ExclamationCircleFilled } from "@ant-design/icons";
import { Tooltip } from "antd";
import { useTranslation } from "react-i18next";
import type { Order } from "../../api/types";
import { useZoneOf } from "../../api/shops";
import { exactTime, shortTime } from "../../format/time";
import { useMinute } from "../When/useMinute";
import styles from "./OrderStations.module.css";
import { stationsOf } from "./stations";

export function OrderStations({ order, shop }: { order: Order; shop: string }) {
  const { t, i18n } = useTranslation();
  const zone = useZoneOf()(shop);
  const now = useMinute();
  return (
    <ol className={styles.line}>
      {stationsOf(order, now).map(({ name, at, done, late }) => (
        <li key={name} className={done ? styles.done : undefined}>
          <span className={late ? styles.lateDot : styles.dot} aria-hidden="true">
            {late ? <ExclamationCircleFilled /> : done ? <CheckCircleFilled /> : <i />}
          </span>
          <span className={styles.name}>
            {t(`reviews.station.${name}`)}
            {late && <em> {t("reviews.late")}</em>}
          </span>
          {at ? (
            <Tooltip title={exactTime(new Date(at), i18n.language, zone)}>
              <time dateTime={at}>{shortTime(new Date(at), i18n.language, zone)}</time>
            </Tooltip>
          ) : (
            <span className={styles.none}>{done && name !== "closed" ? t("unknown") : "–"}</span>
          )}
        </li>
      ))}
    </ol>
  );
}
