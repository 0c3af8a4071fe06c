import { AuditOutlined, FilterOutlined } from "@ant-design/icons";
import { Select, Tabs } from "antd";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import { useCases } from "../../api/cases";
import { useFilters } from "../../components/Filter/useFilters";
import { useTitle } from "../../components/Frame/useTitle";
import { Export } from "../../components/List/Export";
import styles from "../../components/List/List.module.css";
import { ListFoot } from "../../components/List/ListFoot";
import { ListSkeleton } from "../../components/List/ListSkeleton";
import { ListTable } from "../../components/List/ListTable";
import { Teach } from "../../components/List/Teach";
import { useRowKeys } from "../../components/List/useRowKeys";
import { LinkButton } from "../../components/LinkButton/LinkButton";
import { Trouble } from "../../components/Trouble/Trouble";
import { caseFilterOf, choices } from "../filters";
import { CaseFilters } from "./CaseFilters";
import { caseColumns } from "./columns";
import { rememberList } from "./lastList";

export function Cases() {
  const { t } = useTranslation();
  useTitle(t("page.cases"));
  const go = useNavigate();
  const { params, set } = useFilters();
  rememberList(params);
  const filter = useMemo(() => caseFilterOf(params), [params]);
  const list = useCases(filter);
  const rows = useMemo(() => list.data?.pages.flatMap((page) => page.cases) ?? [], [list.data]);
  const ids = useMemo(() => rows.map((row) => row.id), [rows]);
  const { active, openRow } = useRowKeys({ name: "cases", ids, open: (id) => void go(`/cases/${id}`), opened: null });
  const columns = useMemo(() => caseColumns(t), [t]);
  const count = list.data?.pages[0]?.count ?? { value: 0, capped: false };
  const isFiltered = params.size > 0;

  if (list.error && !list.data) return <Trouble page error={list.error} onRetry={() => void list.refetch()} />;
  return (
    <div className={styles.page}>
      <div className={styles.head}>
        <h1>{t("cases.title")}</h1>
        <span className={styles.spread} />
        <Select
          value={params.get("sort") ?? "severity"}
          onChange={(sort) => set("sort", sort === "severity" ? null : sort)}
          aria-label={t("cases.sort.label")}
          options={["severity", "newest", "oldest"].map((value) => ({ value, label: t(`cases.sort.${value}`) }))}
          popupMatchSelectWidth={false}
        />
        <Export of="cases" filter={filter} />
      </div>
      <Tabs
        className={styles.tabs}
        activeKey={params.get("state") ?? "live"}
        onChange={(state) => set("state", state === "live" ? null : state)}
        items={[
          { key: "live", label: t("cases.live") },
          ...choices.state.map((state) => ({ key: state, label: t(`caseState.${state}`) })),
          { key: "all", label: t("cases.all") },
        ]}
      />
      <CaseFilters />
      {list.error && <div className={styles.trouble}><Trouble error={list.error} onRetry={() => void list.refetch()} /></div>}
      {list.isPending && <ListSkeleton />}
      {list.data && rows.length === 0 && <NoCases filtered={isFiltered} />}
      {rows.length > 0 && (
        <>
          <ListTable label={t("cases.title")} rows={rows} columns={columns} active={active} onOpen={openRow} />
          <ListFoot shown={rows.length} count={count} hasMore={list.hasNextPage} loading={list.isFetchingNextPage} onMore={() => void list.fetchNextPage()} />
        </>
      )}
    </div>
  );
}

function NoCases({ filtered }: { filtered: boolean }) {
  const { t } = useTranslation();
  if (filtered) return <Teach icon={<FilterOutlined />} title={t("cases.none")} text={t("cases.noneNext")} />;
  return (
    <Teach icon={<AuditOutlined />} title={t("cases.empty")} text={t("cases.emptyNext")}>
      <LinkButton to="/imports" type="primary">{t("cases.emptyGo")}</LinkButton>
    </Teach>
  );
}
