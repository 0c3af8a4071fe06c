import { AuditOutlined, PlusOutlined } from "@ant-design/icons";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import { useList } from "../../api/lists";
import { useMay } from "../../api/session";
import type { CaseRow } from "../../api/types";
import { LinkButton } from "../../components/LinkButton/LinkButton";
import { ListPage, useListFilter } from "../../components/List/ListPage";
import { Teach } from "../../components/List/Teach";
import { useJudged } from "../../components/List/useJudged";
import { saidIn } from "../../components/Matter/words";
import { excerpt } from "../../format/excerpt";
import { caseColumns } from "./columns";
import { rememberList } from "../backTo";

export function Cases() {
  const { t, i18n } = useTranslation();
  const go = useNavigate();
  const may = useMay("case.handle");
  const { params, filter, query } = useListFilter("cases");
  rememberList("cases", params);
  const data = useList("cases", filter);
  const columns = useMemo(() => caseColumns(t, i18n.language), [t, i18n.language]);
  const nameOf = (row: CaseRow) => `${row.number} ${excerpt(saidIn(row, t), 24)}`.trim();
  const around = useJudged<CaseRow>({ list: "cases", filter, query, data, nameOf });
  return (
    <ListPage
      list="cases"
      title={t("cases.title")}
      columns={columns}
      nameOf={nameOf}
      data={data}
      onOpen={(id) => void go(`/cases/${id}`)}
      empty={
        <Teach icon={<AuditOutlined />} title={t("cases.empty")} text={t("cases.emptyNext")}>
          <LinkButton to="/imports" type="primary">{t("cases.emptyGo")}</LinkButton>
        </Teach>
      }
      {...around}
      begin={may && <LinkButton to="/cases/new" icon={<PlusOutlined />}>{t("intake.new")}</LinkButton>}
    />
  );
}
