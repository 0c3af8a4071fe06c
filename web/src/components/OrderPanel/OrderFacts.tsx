import { Tag } from "antd";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import type { Order } from "../../api/types";
import { formatMoney, formatNumber } from "../../format/number";
import { OrderStations } from "../OrderStations/OrderStations";
import { When } from "../When/When";
import styles from "./OrderPanel.module.css";

/** An order: its way, what was in it, who bought. */
export function OrderFacts({ order, shop }: { order: Order; shop: string }) {
  const { t, i18n } = useTranslation();
  const known = [order.buyer?.nick, order.buyer?.name, order.buyer?.phone, order.buyer?.region].filter(Boolean);
  const parcel = [order.carrier, order.tracking_number].filter(Boolean);
  return (
    <div className={styles.order}>
      <OrderStations order={order} shop={shop} />
      <dl className={styles.facts}>
        <dt>{t("reviews.orderNumber")}</dt>
        <dd><Link to={`/orders/${order.id}`}>{order.number}</Link> {order.state && <Tag variant="filled">{t(`orderState.${order.state}`)}</Tag>}</dd>
        <dt>{t("reviews.amount")}</dt>
        <dd>{order.amount ? formatMoney(order.amount, i18n.language) : t("unknown")}</dd>
        <dt>{t("reviews.promised")}</dt>
        <dd>{order.promised_at ? <When at={order.promised_at} shop={shop} /> : t("unknown")}</dd>
        <dt>{t("reviews.parcel")}</dt>
        <dd>{parcel.length > 0 ? parcel.join(" ") : "–"}{order.fulfilled_by === "amazon" && ` · ${t("reviews.byAmazon")}`}</dd>
        <dt>{t("reviews.buyer")}</dt>
        <dd>{known.length === 0 ? t("unknown") : order.buyer?.id ? <Link to={`/buyers/${order.buyer.id}`}>{known.join(" · ")}</Link> : known.join(" · ")}</dd>
      </dl>
      {order.lines.length > 0 && (
        <ul className={styles.lines}>
          {order.lines.map((line, index) => (
            <li key={`${line.sku}${index}`}>
              <span className={styles.product} title={line.title ?? undefined}>
                {"product_id" in line && line.product_id ? <Link to={`/products/${String(line.product_id)}`}>{line.title ?? line.sku ?? t("unknown")}</Link> : (line.title ?? line.sku ?? t("unknown"))}
              </span>
              <span>× {formatNumber(line.quantity, i18n.language)}</span>
              <span className={styles.price}>{line.price ? formatMoney(line.price, i18n.language) : "–"}</span>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
