import { Tag } from "antd";
import { useTranslation } from "react-i18next";
import type { Review } from "../../api/types";
import { formatMoney, formatNumber } from "../../format/number";
import { OrderStations } from "../OrderStations/OrderStations";
import { When } from "../When/When";
import styles from "./OrderPanel.module.css";

/** The order of a review: its way, what was in it, who bought. */
export function OrderPanel({ review }: { review: Review }) {
  const { t, i18n } = useTranslation();
  const { order } = review;
  if (!order) {
    return <p className={styles.none}>{review.order_number ? t("reviews.orderNotImported", { number: review.order_number }) : t("reviews.noOrder")}</p>;
  }
  const known = [order.buyer?.nick, order.buyer?.name, order.buyer?.phone, order.buyer?.region].filter(Boolean);
  const parcel = [order.carrier, order.tracking_number].filter(Boolean);
  return (
    <div className={styles.order}>
      <OrderStations order={order} shop={review.shop.id} />
      <dl className={styles.facts}>
        <dt>{t("reviews.orderNumber")}</dt>
        <dd>{order.number} {order.state && <Tag variant="filled">{t(`orderState.${order.state}`)}</Tag>}</dd>
        <dt>{t("reviews.amount")}</dt>
        <dd>{order.amount ? formatMoney(order.amount, i18n.language) : t("unknown")}</dd>
        <dt>{t("reviews.promised")}</dt>
        <dd>{order.promised_at ? <When at={order.promised_at} shop={review.shop.id} /> : t("unknown")}</dd>
        <dt>{t("reviews.parcel")}</dt>
        <dd>{parcel.length > 0 ? parcel.join(" ") : "–"}{order.fulfilled_by === "amazon" && ` · ${t("reviews.byAmazon")}`}</dd>
        <dt>{t("reviews.buyer")}</dt>
        <dd>{known.length > 0 ? known.join(" · ") : t("unknown")}</dd>
      </dl>
      {order.lines.length > 0 && (
        <ul className={styles.lines}>
          {order.lines.map((line, index) => (
            <li key={`${line.sku}${index}`}>
              <span className={styles.product} title={line.title ?? undefined}>{line.title ?? line.sku ?? t("unknown")}</span>
              <span>× {formatNumber(line.quantity, i18n.language)}</span>
              <span className={styles.price}>{line.price ? formatMoney(line.price, i18n.language) : "–"}</span>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
