import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import type { ShopMeasures } from "../../api/types";
import { Sources } from "../../components/Removal/Sources";
import { formatNumber, formatShare } from "../../format/number";
import { ordersOf } from "./lists";
import styles from "./Measures.module.css";

/** Amazon's order defect rate, what is left to spare, and what one more bad order does. */
export function Defects({ of }: { of: ShopMeasures }) {
  const { t, i18n } = useTranslation();
  const { defects } = of;
  if (!defects) return null;
  const number = (value: number) => formatNumber(value, i18n.language);
  const list = (part: "numerator" | "denominator") => ordersOf({ orders: "order_defect_rate", from: defects.from, to: defects.to }, part, of.shop.id) ?? "/orders";
  const next = (defects.defective + 1) / (defects.orders + 1);
  return (
    <section className={styles.group} aria-label={t("measures.defects")}>
      <h2>{t("measures.defects")}</h2>
      <p className={styles.answer}>
        <span className={styles.meets} data-meets={defects.meets ?? undefined}>{formatShare(defects.defective, defects.orders, i18n.language)}</span>{" "}
        <small>
          <Link to={list("numerator")}>{number(defects.defective)}</Link>
          {" / "}
          <Link to={list("denominator")}>{t("measures.orders", { number: number(defects.orders) })}</Link>
          {" · "}
          {t(defects.meets === null ? "measures.noOrders" : defects.meets ? "measures.meets" : "measures.misses")}
        </small>
      </p>
      <p className={styles.quiet}>{t("measures.defectsSpare", { spare: number(defects.to_spare), needed: number(defects.good_orders_needed) })}</p>
      <p className={styles.quiet}>{t("measures.ifNextBad", { rate: formatShare(defects.defective + 1, defects.orders + 1, i18n.language), verdict: t(next < defects.limit ? "measures.stillMeets" : "measures.wouldMiss") })}</p>
      <p className={styles.quiet}>{t("measures.claimsUnknown")}</p>
      <Sources source={defects.source} grade={defects.grade} />
    </section>
  );
}
