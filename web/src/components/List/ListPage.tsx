import { FilterOutlined } from "@ant-design/icons";
import { Select } from "antd";
import { type ReactNode, useMemo } from "react";
import { useTranslation } from "react-i18next";
import { type RowOf, useList } from "../../api/lists";
import { useCommonZone } from "../../api/shops";
import { useViews } from "../../api/views";
import { filterOf, setKeys } from "../../filter/filter";
import { type ListName, specs } from "../../filter/spec";
import { viewQuery } from "../../filter/views";
import { formatCount } from "../../format/number";
import { FilterBar } from "../Filter/FilterBar";
import { useFilters } from "../Filter/useFilters";
import { useTitle } from "../Frame/useTitle";
import { Trouble } from "../Trouble/Trouble";
import { ViewTabs } from "../Views/ViewTabs";
import { ColumnChoice } from "./ColumnChoice";
import type { ListColumn } from "./column";
import { Export } from "./Export";
import styles from "./List.module.css";
import { ListFoot } from "./ListFoot";
import { ListSkeleton } from "./ListSkeleton";
import { ListTable, type Picking } from "./ListTable";
import { Teach } from "./Teach";
import { useColumns } from "./useColumns";
import { useRowKeys } from "./useRowKeys";

interface Props<L extends ListName> {
  list: L;
  title: string;
  columns: readonly ListColumn<RowOf[L]>[];
  nameOf: (row: RowOf[L]) => string;
  onOpen: (id: string) => void;
  /** The row that stands open beside the list. */
  opened?: string | null;
  /** Where there is nothing at all yet. */
  empty: ReactNode;
  data: ReturnType<typeof useList<L>>;
  /** What can be begun here, behind the tools of the list. */
  begin?: ReactNode;
  above?: ReactNode;
  below?: ReactNode;
  picking?: Picking;
}

const noCount = { value: 0, capped: false };

/** The filter of a list as its address says, with the days of the shops it shows. */
export function useListFilter(list: ListName) {
  const { params } = useFilters();
  const zone = useCommonZone(params.has("shop") ? params.getAll("shop") : undefined);
  const filter = useMemo(() => filterOf(list, params, zone), [list, params, zone]);
  const query = useMemo(() => viewQuery(list, params, zone), [list, params, zone]);
  return { params, zone, filter, query };
}

/** A list page: views, filters, table and what belongs around it. Everything that was chosen stands in the address. */
export function ListPage<L extends ListName>({ list, title, columns, nameOf, onOpen, opened = null, empty, data, begin, above, below, picking }: Props<L>) {
  const { t, i18n } = useTranslation();
  useTitle(title);
  const { set } = useFilters();
  const { params, zone, filter } = useListFilter(list);
  const views = useViews(list);
  const view = views.find((each) => each.id === params.get("view")) ?? null;
  const { shown, choose, keys } = useColumns(list, columns, view);
  const rows = useMemo(() => data.data?.pages.flatMap((page) => page.rows) ?? [], [data.data]);
  const ids = useMemo(() => rows.map((row) => row.id), [rows]);
  const { active, openRow } = useRowKeys({ name: list, ids, open: onOpen, opened });
  const count = data.data?.pages[0]?.count ?? noCount;
  const narrowed = setKeys(list, params).length > 0;
  const { sorts } = specs[list];
  const exported = useMemo(() => [...new Set(shown.flatMap((column) => column.exported ?? []))], [shown]);

  if (data.error && !data.data) return <Trouble page error={data.error} onRetry={() => void data.refetch()} />;
  return (
    <div className={styles.page}>
      <div className={styles.head}>
        <h1>{title}</h1>
        {data.data && <span className={styles.count}>{t("lists.count", { count: formatCount(count, i18n.language) })}</span>}
        <span className={styles.spread} />
        <Select
          value={sorts.includes(params.get("sort") ?? "") ? params.get("sort") : sorts[0]}
          onChange={(sort) => set("sort", sort === sorts[0] ? null : sort)}
          aria-label={t("list.sort.label")}
          options={sorts.map((value) => ({ value, label: t(`lists.sort.${value}`) }))}
          popupMatchSelectWidth={false}
        />
        <ColumnChoice all={columns} shown={shown} onChange={choose} />
        <Export of={list} filter={filter} columns={exported} />
        {begin}
      </div>
      <ViewTabs list={list} views={views} open={view} columns={keys} zone={zone} />
      <FilterBar list={list} />
      {above}
      {data.error && <div className={styles.trouble}><Trouble error={data.error} onRetry={() => void data.refetch()} /></div>}
      {data.isPending && <ListSkeleton />}
      {data.data && rows.length === 0 && (narrowed ? <Teach icon={<FilterOutlined />} title={t(`lists.none.${list}`)} text={t("lists.noneNext")} /> : empty)}
      {rows.length > 0 && (
        <>
          <ListTable label={title} rows={rows as (RowOf[L] & { id: string })[]} columns={shown} active={active} onOpen={openRow} nameOf={nameOf} picking={picking} />
          <ListFoot shown={rows.length} count={count} hasMore={data.hasNextPage} loading={data.isFetchingNextPage} onMore={() => void data.fetchNextPage()} />
        </>
      )}
      {below}
    </div>
  );
}
