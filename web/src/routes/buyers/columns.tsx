import type { TFunction } from "i18next";
import { Link } from "react-router";
import type { BuyerRow } from "../../api/types";
import type { ListColumn } from "../../components/List/column";
import styles from "../../components/List/List.module.css";
import { formatNumber } from "../../format/number";

export function buyerColumns(t: TFunction, page: string): ListColumn<BuyerRow>[] {
  const many = (value: number) => (value > 0 ? formatNumber(value, page) : "–");
  const linked = (value: number, to: string) => (value > 0 ? <Link to={to}>{many(value)}</Link> : "–");
  return [
    {
      key: "nick",
      title: t("reviews.buyer"),
      always: true,
      exported: ["buyer_nick", "buyer_name", "buyer_phone", "region"],
      render: (row) => (
        <>
          <Link className={styles.name} to={`/buyers/${row.id}`}>{row.nick ?? row.name ?? t("reviews.unknownBuyer")}</Link>
          <span className={styles.under}>{[row.nick && row.name, row.phone, row.region].filter(Boolean).join(" · ")}</span>
          <span className={styles.narrow}>
            <span>{t("search.buyerNote", { orders: row.order_count, bad: row.bad_count })}</span>
            <span>{row.shop.name}</span>
          </span>
        </>
      ),
    },
    { key: "orders", title: t("things.orders"), width: 80, align: "right", basic: true, exported: ["orders"], render: (row) => linked(row.order_count, `/orders?buyer=${row.id}`) },
    { key: "reviews", title: t("things.reviews"), width: 80, align: "right", basic: true, exported: ["reviews"], render: (row) => linked(row.review_count, `/reviews?buyer=${row.id}`) },
    { key: "bad", title: t("things.bad"), width: 110, align: "right", basic: true, exported: ["bad_reviews"], render: (row) => many(row.bad_count) },
    { key: "cases", title: t("things.cases"), width: 90, align: "right", basic: true, exported: ["cases"], render: (row) => linked(row.case_count, `/cases?case_state=all&buyer=${row.id}`) },
    { key: "shop", title: t("reviews.shop"), width: 150, basic: true, large: true, exported: ["shop"], render: (row) => row.shop.name },
    { key: "platform", title: t("lists.filter.platform"), width: 100, exported: ["platform"], render: (row) => t(`platform.${row.shop.platform}`) },
  ];
}
