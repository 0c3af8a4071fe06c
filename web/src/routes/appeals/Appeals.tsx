import { CheckCircleOutlined } from "@ant-design/icons";
import { Button, Tabs } from "antd";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { useCandidates, useRemovalSummary, useRequests } from "../../api/removals";
import type { Count, RemovalCandidate, RemovalRequest, RequestState } from "../../api/types";
import { useAddress } from "../../components/Address/useAddress";
import { ChangedBar } from "../../components/Changed/ChangedBar";
import { chosenShop } from "../../components/Frame/shop";
import { useTitle } from "../../components/Frame/useTitle";
import list from "../../components/List/List.module.css";
import { ListFoot } from "../../components/List/ListFoot";
import { ListSkeleton } from "../../components/List/ListSkeleton";
import { Teach } from "../../components/List/Teach";
import { RequestDrawer } from "../../components/Removal/RequestDrawer";
import { useGroundName } from "../../components/Removal/useGroundName";
import { VerdictName } from "../../components/Removal/VerdictName";
import { Due } from "../../components/Tasks/Due";
import { Trouble } from "../../components/Trouble/Trouble";
import { When } from "../../components/When/When";
import { Stars } from "../../components/Words/Stars";
import { excerpt } from "../../format/excerpt";
import { formatCount } from "../../format/number";
import styles from "./Appeals.module.css";
import { Months } from "./Months";
import { type Tab, isCandidates, statesOf, tabOf, tabs } from "./tabs";

/** 评价申诉: what can be removed and until when, what was filed, what became of it. */
export function Appeals() {
  const { t, i18n } = useTranslation();
  useTitle(t("appeals.title"));
  const [params, set] = useAddress();
  const tab = tabOf(params.get("tab"));
  const shop = params.get("shop") ?? chosenShop() ?? undefined;
  const { data: summary, error, refetch } = useRemovalSummary(shop, true);
  const counts: Partial<Record<Tab, Count>> = { all: summary?.open, three: summary?.in_3_days, seven: summary?.in_7_days, filed: summary?.filed };
  const label = (key: Tab) => {
    const count = counts[key];
    return count && count.value > 0 ? t("appeals.counted", { name: t(`appeals.tab.${key}`), number: formatCount(count, i18n.language) }) : t(`appeals.tab.${key}`);
  };
  if (error && !summary) return <Trouble page error={error} onRetry={() => void refetch()} />;
  return (
    <div className={list.page}>
      <div className={list.head}><h1>{t("appeals.title")}</h1></div>
      <Tabs className={list.tabs} activeKey={tab} onChange={(key) => set("tab", key === "three" ? null : key)} items={tabs.map((key) => ({ key, label: label(key) }))} />
      <ChangedBar of="reviews" text={t("appeals.changed")} onShow={refetch} />
      {isCandidates(tab) && <Candidates tab={tab} shop={shop} />}
      {statesOf(tab) && <Requests states={statesOf(tab) ?? []} shop={shop} params={params} open={params.get("request")} onOpen={(id) => set("request", id)} />}
      {tab === "record" && summary && <Months months={summary.months} shop={shop} />}
    </div>
  );
}

function Candidates({ tab, shop }: { tab: Tab; shop: string | undefined }) {
  const { t } = useTranslation();
  const days = tab === "three" ? 3 : tab === "seven" ? 7 : undefined;
  const found = useCandidates({ ...(shop ? { shop } : {}), ...(days ? { within_days: days } : {}) }, true);
  const rows = found.data?.pages.flatMap((page) => page.candidates) ?? [];
  const nameOf = useGroundName(rows.map(({ review }) => review.shop.platform));
  if (found.error && !found.data) return <Trouble error={found.error} onRetry={() => void found.refetch()} />;
  if (found.isPending) return <ListSkeleton />;
  if (rows.length === 0) return <Teach icon={<CheckCircleOutlined />} title={t("appeals.none")} text={t("appeals.noneNext")} />;
  return (
    <>
      <p className={styles.quiet}>{t("appeals.candidatesHelp")}</p>
      <ul className={styles.list} aria-label={t(`appeals.tab.${tab}`)}>
        {rows.map((row) => <Candidate key={row.review.id} row={row} ground={row.ground ? nameOf(row.review.shop.platform, row.ground) : null} />)}
      </ul>
      <ListFoot shown={rows.length} count={found.data?.pages[0]?.count ?? { value: 0, capped: false }} hasMore={found.hasNextPage} loading={found.isFetchingNextPage} onMore={() => void found.fetchNextPage()} />
    </>
  );
}

function Candidate({ row, ground }: { row: RemovalCandidate; ground: string | null }) {
  const { t } = useTranslation();
  const { review } = row;
  return (
    <li className={styles.row}>
      <Link className={styles.said} to={`/reviews?review=${review.id}`}>
        <Stars rating={review.rating} verdict={review.verdict} compact />
        <span lang={review.language ?? undefined}>{excerpt([review.title, review.text].filter(Boolean).join(" · "), 120) || t("reviews.noText")}</span>
      </Link>
      <span className={styles.under}>
        <VerdictName verdict={row.verdict} />
        {ground && <span>{ground}</span>}
        {row.deadline_at ? <Due at={row.deadline_at} shop={review.shop.id} /> : <span>{t("appeals.noLimit")}</span>}
        <span>{review.shop.name}</span>
        {review.case && <Link to={`/cases/${review.case.id}`}>{t("cases.number", { number: review.case.number })}</Link>}
        <Link to={`/evidence/${review.id}${row.ground ? `?ground=${encodeURIComponent(row.ground)}` : ""}`}>{t("evidence.open")}</Link>
      </span>
    </li>
  );
}

interface RequestsProps {
  states: RequestState[];
  shop: string | undefined;
  params: URLSearchParams;
  open: string | null;
  onOpen: (id: string | null) => void;
}

function Requests({ states, shop, params, open, onOpen }: RequestsProps) {
  const { t } = useTranslation();
  const [ground, from, to] = ["ground", "from", "to"].map((key) => params.get(key));
  const found = useRequests({ state: states, ...(shop ? { shop } : {}), ...(ground ? { ground } : {}), ...(from ? { from } : {}), ...(to ? { to } : {}) }, true);
  const rows = found.data?.pages.flatMap((page) => page.requests) ?? [];
  const nameOf = useGroundName(rows.map((row) => row.shop.platform));
  if (found.error && !found.data) return <Trouble error={found.error} onRetry={() => void found.refetch()} />;
  if (found.isPending) return <ListSkeleton />;
  return (
    <>
      {rows.length === 0 && <Teach icon={<CheckCircleOutlined />} title={t("appeals.noRequests")} text={t("appeals.noRequestsNext")} />}
      {rows.length > 0 && (
        <>
          <ul className={styles.list} aria-label={t("removal.requests")}>
            {rows.map((row) => <RequestRow key={row.id} row={row} ground={nameOf(row.shop.platform, row.ground)} onOpen={() => onOpen(row.id)} />)}
          </ul>
          <ListFoot shown={rows.length} count={found.data?.pages[0]?.count ?? { value: 0, capped: false }} hasMore={found.hasNextPage} loading={found.isFetchingNextPage} onMore={() => void found.fetchNextPage()} />
        </>
      )}
      <RequestDrawer id={open} groundName={nameOf} onClose={() => onOpen(null)} />
    </>
  );
}

function RequestRow({ row, ground, onOpen }: { row: RemovalRequest; ground: string; onOpen: () => void }) {
  const { t } = useTranslation();
  return (
    <li className={styles.row}>
      <Button type="link" className={`${styles.said} ${styles.link}`} onClick={onOpen}>
        <span>{excerpt(row.summary, 120) || t("reviews.noText")}</span>
      </Button>
      <span className={styles.under}>
        <b>{t(`removal.state.${row.state}`)}</b>
        <span>{ground}</span>
        <span>{t("appeals.filed")} <When at={row.filed_at} shop={row.shop.id} /></span>
        {row.answered_at && <span>{t("appeals.answered")} <When at={row.answered_at} shop={row.shop.id} /></span>}
        {row.platform_case_id && <span>{t("removal.numberOf", { number: row.platform_case_id })}</span>}
        {row.against_advice && <span>{t("removal.wasAgainst")}</span>}
        <span>{row.shop.name}</span>
        {row.case && <Link to={`/cases/${row.case.id}`}>{t("cases.number", { number: row.case.number })}</Link>}
      </span>
    </li>
  );
}
