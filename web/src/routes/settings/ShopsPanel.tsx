import { ShopOutlined } from "@ant-design/icons";
import { Button, Skeleton, Table } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { useMay } from "../../api/session";
import { useShops } from "../../api/shops";
import type { Shop } from "../../api/types";
import { Teach } from "../../components/List/Teach";
import { Panel } from "../../components/Panel/Panel";
import { Trouble } from "../../components/Trouble/Trouble";
import { formatNumber } from "../../format/number";
import { AddShop } from "./AddShop";

export function ShopsPanel() {
  const { t, i18n } = useTranslation();
  const { shops, isPending, error, refetch } = useShops();
  const mayAdd = useMay("shop.manage");
  const [adding, setAdding] = useState(false);
  const add = mayAdd && <Button size="small" onClick={() => setAdding(true)}>{t("settings.addShop")}</Button>;
  const number = (value: number) => formatNumber(value, i18n.language);
  return (
    <Panel title={t("settings.shops")} extra={shops.length > 0 && add}>
      <Trouble error={error} onRetry={refetch} />
      {isPending && <Skeleton active />}
      {!isPending && !error && shops.length === 0 && <Teach icon={<ShopOutlined />} title={t("settings.noShops")} text={t("settings.noShopsNext")}>{add}</Teach>}
      {shops.length > 0 && (
        <Table<Shop>
          size="small"
          rowKey="id"
          aria-label={t("settings.shops")}
          pagination={false}
          dataSource={shops}
          columns={[
            { key: "name", title: t("settings.shopName"), dataIndex: "name" },
            { key: "platform", title: t("settings.platform"), render: (_, shop) => t(`platform.${shop.platform}`) },
            { key: "timezone", title: t("settings.timezone"), dataIndex: "timezone", responsive: ["md"] },
            { key: "currency", title: t("settings.currency"), dataIndex: "currency", responsive: ["md"] },
            { key: "reviews", title: t("settings.reviews"), align: "right", render: (_, shop) => <Link to={`/reviews?shop=${shop.id}`}>{number(shop.reviews)}</Link> },
            { key: "cases", title: t("settings.openCases"), align: "right", render: (_, shop) => <Link to={`/cases?shop=${shop.id}`}>{number(shop.open_cases)}</Link> },
          ]}
        />
      )}
      <AddShop open={adding} onClose={() => setAdding(false)} />
    </Panel>
  );
}
