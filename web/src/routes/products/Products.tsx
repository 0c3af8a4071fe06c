import { AppstoreOutlined } from "@ant-design/icons";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import { useList } from "../../api/lists";
import type { ProductRow } from "../../api/types";
import { LinkButton } from "../../components/LinkButton/LinkButton";
import { ListPage, useListFilter } from "../../components/List/ListPage";
import { Teach } from "../../components/List/Teach";
import { rememberList } from "../backTo";
import { productColumns } from "./columns";

export function Products() {
  const { t, i18n } = useTranslation();
  const go = useNavigate();
  const { params, filter } = useListFilter("products");
  rememberList("products", params);
  const data = useList("products", filter);
  const columns = useMemo(() => productColumns(t, i18n.language), [t, i18n.language]);
  return (
    <ListPage
      list="products"
      title={t("nav.products")}
      columns={columns}
      nameOf={(row: ProductRow) => row.title ?? row.key ?? t("unknown")}
      data={data}
      onOpen={(id) => void go(`/products/${id}`)}
      empty={
        <Teach icon={<AppstoreOutlined />} title={t("things.empty.products")} text={t("things.emptyNext.products")}>
          <LinkButton to="/imports" type="primary">{t("things.emptyGo")}</LinkButton>
        </Teach>
      }
    />
  );
}
