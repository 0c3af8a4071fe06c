import { ShoppingOutlined } from "@ant-design/icons";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import { useList } from "../../api/lists";
import type { OrderRow } from "../../api/types";
import { LinkButton } from "../../components/LinkButton/LinkButton";
import { ListPage, useListFilter } from "../../components/List/ListPage";
import { Teach } from "../../components/List/Teach";
import { rememberList } from "../backTo";
import { orderColumns } from "./columns";

export function Orders() {
  const { t, i18n } = useTranslation();
  const go = useNavigate();
  const { params, filter } = useListFilter("orders");
  rememberList("orders", params);
  const data = useList("orders", filter);
  const columns = useMemo(() => orderColumns(t, i18n.language), [t, i18n.language]);
  return (
    <ListPage
      list="orders"
      title={t("nav.orders")}
      columns={columns}
      nameOf={(row: OrderRow) => row.number}
      data={data}
      onOpen={(id) => void go(`/orders/${id}`)}
      empty={
        <Teach icon={<ShoppingOutlined />} title={t("things.empty.orders")} text={t("things.emptyNext.orders")}>
          <LinkButton to="/imports" type="primary">{t("things.emptyGo")}</LinkButton>
        </Teach>
      }
    />
  );
}
