import { ShopOutlined } from "@ant-design/icons";
import { Button, Skeleton } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useMay } from "../../../api/session";
import { useShops } from "../../../api/shops";
import type { Shop } from "../../../api/types";
import { Teach } from "../../../components/List/Teach";
import { Trouble } from "../../../components/Trouble/Trouble";
import { Card, SectionPage } from "../SectionPage";
import { AddShop } from "./AddShop";
import { EditShop } from "./EditShop";
import { ShopTable } from "./ShopTable";

export function ShopsPage() {
  const { t } = useTranslation();
  const { shops, isPending, error, refetch } = useShops();
  const may = useMay("shop.manage");
  const [adding, setAdding] = useState(false);
  const [edited, setEdited] = useState<Shop | null>(null);
  const add = may && <Button onClick={() => setAdding(true)}>{t("settings.addShop")}</Button>;
  return (
    <SectionPage of="shops" extra={shops.length > 0 && add}>
      <Trouble error={error} onRetry={refetch} />
      {isPending && <Skeleton active />}
      {!isPending && !error && shops.length === 0 && <Teach icon={<ShopOutlined />} title={t("settings.noShops")} text={t("settings.noShopsNext")}>{add}</Teach>}
      {shops.length > 0 && <Card><ShopTable shops={shops} onEdit={may ? setEdited : null} /></Card>}
      <AddShop open={adding} onClose={() => setAdding(false)} />
      {edited && <EditShop shop={edited} onClose={() => setEdited(null)} />}
    </SectionPage>
  );
}
