import { Button, Table } from "antd";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import type { Shop } from "../../../api/types";
import { formatCount, formatNumber } from "../../../format/number";
import { actionsColumn } from "../actions";
import styles from "../Settings.module.css";

interface Props {
  shops: Shop[];
  /** Nothing, when this person may not change shops. */
  onEdit: ((shop: Shop) => void) | null;
}

export function ShopTable({ shops, onEdit }: Props) {
  const { t, i18n } = useTranslation();
  const number = (value: number) => formatNumber(value, i18n.language);
  return (
    <Table<Shop>
      size="small"
      rowKey="id"
      aria-label={t("settings.shops")}
      pagination={false}
      dataSource={shops}
      columns={[
        {
          key: "name",
          title: t("settings.shopName"),
          render: (_, shop) => <>{shop.name}<span className={`${styles.under} ${styles.narrow}`}>{shop.timezone}</span></>,
        },
        { key: "platform", title: t("settings.platform"), render: (_, shop) => t(`platform.${shop.platform}`) },
        { key: "timezone", title: t("settings.timezone"), dataIndex: "timezone", responsive: ["md"] },
        { key: "currency", title: t("settings.currency"), dataIndex: "currency", responsive: ["md"] },
        { key: "reviews", title: t("settings.reviews"), align: "right", responsive: ["sm"], render: (_, shop) => <Link to={`/reviews?shop=${shop.id}`}>{number(shop.reviews)}</Link> },
        { key: "cases", title: t("settings.openCases"), align: "right", responsive: ["sm"], render: (_, shop) => <Link to={`/cases?shop=${shop.id}`}>{formatCount({ value: shop.open_cases, capped: shop.open_cases_capped }, i18n.language)}</Link> },
        ...(onEdit
          ? [{
              ...actionsColumn(t),
              width: 80,
              render: (_: unknown, shop: Shop) => <Button type="link" size="small" aria-label={t("settings.editShopOf", { name: shop.name })} onClick={() => onEdit(shop)}>{t("settings.edit")}</Button>,
            }]
          : []),
      ]}
    />
  );
}
