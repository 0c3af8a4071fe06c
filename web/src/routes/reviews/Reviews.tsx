import { FilterOutlined, MessageOutlined } from "@ant-design/icons";
import { Select } from "antd";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { useReviews } from "../../api/reviews";
import { useCommonZone } from "../../api/shops";
import { useFilters } from "../../components/Filter/useFilters";
import { useKeys } from "../../components/Keys/useKeys";
import { Export } from "../../components/List/Export";
import styles from "../../components/List/List.module.css";
import { ListFoot } from "../../components/List/ListFoot";
import { ListSkeleton } from "../../components/List/ListSkeleton";
import { ListTable } from "../../components/List/ListTable";
import { Teach } from "../../components/List/Teach";
import { useRowKeys } from "../../components/List/useRowKeys";
import { LinkButton } from "../../components/LinkButton/LinkButton";
import { ReviewDrawer } from "../../components/ReviewDrawer/ReviewDrawer";
import { Trouble } from "../../components/Trouble/Trouble";
import { useTitle } from "../../components/Frame/useTitle";
import { queryOf, reviewFilterOf, withFilter } from "../filters";
import { reviewColumns } from "./columns";
import { ReviewFilters } from "./ReviewFilters";

export function Reviews() {
  const { t } = useTranslation();
  useTitle(t("page.reviews"));
  const { params, set, setParams } = useFilters();
  const zone = useCommonZone(params.has("shop") ? params.getAll("shop") : undefined);
  const filter = useMemo(() => reviewFilterOf(params, zone), [params, zone]);
  const list = useReviews(filter);
  const rows = useMemo(() => list.data?.pages.flatMap((page) => page.reviews) ?? [], [list.data]);
  const ids = useMemo(() => rows.map((row) => row.id), [rows]);
  const opened = params.get("review");
  const show = (id: string | null) => setParams((now) => withFilter(now, "review", id), { replace: opened !== null });
  const { active, openRow } = useRowKeys({ name: "reviews", ids, open: show, opened });
  useKeys({ Escape: opened ? () => show(null) : undefined });
  const columns = useMemo(() => reviewColumns(t, (id) => ({ search: withFilter(params, "review", id).toString() })), [t, params]);
  const count = list.data?.pages[0]?.count ?? { value: 0, capped: false };
  const isFiltered = queryOf({ ...filter, sort: undefined }).size > 0;

  if (list.error && !list.data) return <Trouble page error={list.error} onRetry={() => void list.refetch()} />;
  return (
    <div className={styles.page}>
      <div className={styles.head}>
        <h1>{t("reviews.title")}</h1>
        <span className={styles.spread} />
        <Select
          value={params.get("sort") === "severity" ? "severity" : "newest"}
          onChange={(sort) => set("sort", sort === "newest" ? null : sort)}
          aria-label={t("list.sort.label")}
          options={["newest", "severity"].map((value) => ({ value, label: t(`list.sort.${value}`) }))}
          popupMatchSelectWidth={false}
        />
        <Export of="reviews" filter={filter} />
      </div>
      <ReviewFilters />
      {list.error && <div className={styles.trouble}><Trouble error={list.error} onRetry={() => void list.refetch()} /></div>}
      {list.isPending && <ListSkeleton />}
      {list.data && rows.length === 0 && <NoReviews filtered={isFiltered} />}
      {rows.length > 0 && (
        <>
          <ListTable label={t("reviews.title")} rows={rows} columns={columns} active={active} onOpen={openRow} />
          <ListFoot shown={rows.length} count={count} hasMore={list.hasNextPage} loading={list.isFetchingNextPage} onMore={() => void list.fetchNextPage()} />
        </>
      )}
      <ReviewDrawer id={opened} onClose={() => show(null)} />
    </div>
  );
}

function NoReviews({ filtered }: { filtered: boolean }) {
  const { t } = useTranslation();
  if (filtered) return <Teach icon={<FilterOutlined />} title={t("reviews.none")} text={t("reviews.noneNext")} />;
  return (
    <Teach icon={<MessageOutlined />} title={t("reviews.empty")} text={t("reviews.emptyNext")}>
      <LinkButton to="/imports" type="primary">{t("reviews.emptyGo")}</LinkButton>
    </Teach>
  );
}
