import type { TFunction } from "i18next";
import { Link } from "react-router";
import type { OrderRow } from "../../api/types";
import type { ListColumn } from "../../components/List/column";
import styles from "../../components/List/List.module.css";
import { When } from "../../components/When/When";
import { formatMoney, formatNumber } from "../../format/number";

export function orderColumns(t: TFunction, page: string): ListColumn<OrderRow>[] {
  const titleOf = (row: OrderRow) => row.lines[0]?.title ?? row.lines[0]?.sku ?? null;
  return [
    {
      key: "number",
      title: t("reviews.orderNumber"),
      always: true,
      exported: ["order_number", "product_title"],
      render: (row) => (
        <>
          <Link className={styles.name} to={`/orders/${row.id}`}>{row.number}</Link>
          <span className={styles.under} title={titleOf(row) ?? undefined}>{titleOf(row)}{row.lines.length > 1 && ` ${t("things.andLines", { count: row.lines.length - 1 })}`}</span>
          <span className={styles.narrow}>
            <span>{row.state ? t(`orderState.${row.state}`) : t("unknown")}</span>
            <span>{row.amount ? formatMoney(row.amount, page) : t("unknown")}</span>
            <span>{row.shop.name}</span>
            <When at={row.placed_at} shop={row.shop.id} none="unknown" />
          </span>
        </>
      ),
    },
    { key: "state", title: t("lists.filter.state"), width: 120, basic: true, exported: ["order_state"], render: (row) => (row.state ? t(`orderState.${row.state}`) : t("unknown")) },
    { key: "amount", title: t("reviews.amount"), width: 110, align: "right", basic: true, exported: ["amount", "currency"], render: (row) => (row.amount ? formatMoney(row.amount, page) : t("unknown")) },
    { key: "buyer", title: t("reviews.buyer"), width: 110, basic: true, render: (row) => (row.buyer ? <Link to={`/buyers/${row.buyer.id}`}>{row.buyer.nick ?? t("unknown")}</Link> : t("unknown")) },
    { key: "reviews", title: t("things.reviews"), width: 80, align: "right", basic: true, render: (row) => (row.review_count > 0 ? <Link to={`/reviews?order=${encodeURIComponent(row.number)}`}>{formatNumber(row.review_count, page)}</Link> : "–") },
    { key: "shop", title: t("reviews.shop"), width: 140, basic: true, large: true, exported: ["shop"], render: (row) => row.shop.name },
    { key: "platform", title: t("lists.filter.platform"), width: 100, exported: ["platform"], render: (row) => t(`platform.${row.shop.platform}`) },
    { key: "placed", title: t("lists.days.orders"), width: 118, basic: true, exported: ["placed"], render: (row) => <When at={row.placed_at} shop={row.shop.id} none="unknown" /> },
  ];
}
