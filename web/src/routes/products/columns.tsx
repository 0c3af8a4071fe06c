import type { TFunction } from "i18next";
import { Link } from "react-router";
import type { ProductRow } from "../../api/types";
import type { ListColumn } from "../../components/List/column";
import styles from "../../components/List/List.module.css";
import { When } from "../../components/When/When";
import { formatNumber, formatShare } from "../../format/number";

export function productColumns(t: TFunction, page: string): ListColumn<ProductRow>[] {
  const number = (value: number) => formatNumber(value, page);
  return [
    {
      key: "title",
      title: t("lists.filter.product"),
      always: true,
      exported: ["product_key", "product_title"],
      render: (row) => (
        <>
          <Link className={styles.name} to={`/products/${row.id}`} title={row.title ?? undefined}>{row.title ?? row.key ?? t("unknown")}</Link>
          {row.title && row.key && <span className={styles.under}>{row.key}</span>}
          <span className={styles.narrow}>
            <span>{t("search.productNote", { reviews: row.reviews, bad: row.bad })}</span>
            <span>{row.shop.name}</span>
          </span>
        </>
      ),
    },
    { key: "reviews", title: t("things.reviews"), width: 80, align: "right", basic: true, exported: ["reviews"], render: (row) => <Link to={`/reviews?product=${row.id}`}>{number(row.reviews)}</Link> },
    { key: "bad", title: t("things.bad"), width: 110, align: "right", basic: true, exported: ["bad_reviews"], render: (row) => (row.bad > 0 ? number(row.bad) : "–") },
    { key: "rate", title: t("things.badRate"), width: 100, align: "right", basic: true, exported: ["bad_percent"], render: (row) => formatShare(row.bad, row.reviews, page) },
    { key: "shop", title: t("reviews.shop"), width: 140, basic: true, large: true, exported: ["shop"], render: (row) => row.shop.name },
    { key: "platform", title: t("lists.filter.platform"), width: 100, exported: ["platform"], render: (row) => t(`platform.${row.shop.platform}`) },
    { key: "last", title: t("things.lastReview"), width: 118, basic: true, exported: ["last_review_at"], render: (row) => <When at={row.last_review_at} shop={row.shop.id} /> },
  ];
}
