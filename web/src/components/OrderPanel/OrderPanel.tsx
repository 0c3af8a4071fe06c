import { useTranslation } from "react-i18next";
import type { Review } from "../../api/types";
import { OrderFacts } from "./OrderFacts";
import styles from "./OrderPanel.module.css";

/** The order of a review, or why there is none. */
export function OrderPanel({ review }: { review: Review }) {
  const { t } = useTranslation();
  if (review.order) return <OrderFacts order={review.order} shop={review.shop.id} />;
  return <p className={styles.none}>{review.order_number ? t("reviews.orderNotImported", { number: review.order_number }) : t("reviews.noOrder")}</p>;
}
