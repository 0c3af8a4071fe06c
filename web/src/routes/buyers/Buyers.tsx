import { TeamOutlined } from "@ant-design/icons";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import { useList } from "../../api/lists";
import type { BuyerRow } from "../../api/types";
import { LinkButton } from "../../components/LinkButton/LinkButton";
import { ListPage, useListFilter } from "../../components/List/ListPage";
import { Teach } from "../../components/List/Teach";
import { rememberList } from "../backTo";
import { buyerColumns } from "./columns";

export function Buyers() {
  const { t, i18n } = useTranslation();
  const go = useNavigate();
  const { params, filter } = useListFilter("buyers");
  rememberList("buyers", params);
  const data = useList("buyers", filter);
  const columns = useMemo(() => buyerColumns(t, i18n.language), [t, i18n.language]);
  return (
    <ListPage
      list="buyers"
      title={t("nav.buyers")}
      columns={columns}
      nameOf={(row: BuyerRow) => row.nick ?? row.name ?? t("unknown")}
      data={data}
      onOpen={(id) => void go(`/buyers/${id}`)}
      empty={
        <Teach icon={<TeamOutlined />} title={t("things.empty.buyers")} text={t("things.emptyNext.buyers")}>
          <LinkButton to="/imports" type="primary">{t("things.emptyGo")}</LinkButton>
        </Teach>
      }
    />
  );
}
