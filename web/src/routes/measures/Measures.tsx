import { LineChartOutlined } from "@ant-design/icons";
import { Select, Skeleton, Table } from "antd";
import { useTranslation } from "react-i18next";
import { Link, useSearchParams } from "react-router";
import { useMeasures } from "../../api/measures";
import { useShops } from "../../api/shops";
import type { MeasureGroup, MeasureWindow, ShopMeasures } from "../../api/types";
import { chosenShop } from "../../components/Frame/shop";
import { useTitle } from "../../components/Frame/useTitle";
import { Teach } from "../../components/List/Teach";
import { Sources } from "../../components/Removal/Sources";
import { Trouble } from "../../components/Trouble/Trouble";
import { When } from "../../components/When/When";
import { formatNumber, formatShare } from "../../format/number";
import { figureName } from "../imports/figures/names";
import styles from "./Measures.module.css";
import { WhatIf } from "./WhatIf";

/** 指标: what the platform shows of a shop, of how many, and what it would be if. Every number opens its list. */
export function Measures() {
  const { t } = useTranslation();
  useTitle(t("measures.title"));
  const { shops } = useShops();
  const [params, setParams] = useSearchParams();
  const asked = params.get("shop") ?? chosenShop();
  const shop = shops.find(({ id }) => id === asked)?.id ?? shops[0]?.id ?? null;
  const { data, error, refetch } = useMeasures(shop);
  return (
    <div className={styles.page}>
      <header className={styles.head}>
        <h1>{t("measures.title")}</h1>
        <Select style={{ minWidth: 200 }} aria-label={t("top.shop")} value={shop ?? undefined} onChange={(id) => setParams({ shop: id }, { replace: true })} options={shops.map(({ id, name }) => ({ value: id, label: name }))} />
        {data && <span className={styles.quiet}>{t("measures.asOf")} <When at={data.as_of} shop={data.shop.id} /></span>}
      </header>
      <Trouble page error={data ? null : error} onRetry={() => void refetch()} />
      {!data && !error && <Skeleton active paragraph={{ rows: 12 }} />}
      {data && data.groups.every(({ windows }) => (windows.at(-1)?.total ?? 0) === 0) && <Teach icon={<LineChartOutlined />} title={t("measures.none")} text={t("measures.noneNext")} />}
      {data?.groups.map((group) => <Group key={group.object} group={group} shop={data.shop.id} />)}
      {data?.defects && <Defects of={data} />}
      {data && data.typed.length > 0 && <Typed of={data} />}
    </div>
  );
}

/** The list of what a number counts. */
export function listOf(group: MeasureGroup, window: MeasureWindow, kind: "positive" | "neutral" | "negative" | "total", shop: string): string {
  const query = new URLSearchParams({ shop, object: group.object });
  const verdicts = { positive: ["good"], neutral: ["neutral"], negative: ["bad"], total: [] };
  const stars = { positive: ["5", "4"], neutral: ["3"], negative: ["2", "1"], total: [] };
  if (group.basis === "verdicts") for (const verdict of verdicts[kind]) query.append("verdict", verdict);
  else for (const star of stars[kind]) query.append("rating", star);
  if (window.from) query.set("from", window.from);
  return `/reviews?${query.toString()}`;
}

const kinds = ["positive", "neutral", "negative"] as const;

function Group({ group, shop }: { group: MeasureGroup; shop: string }) {
  const { t, i18n } = useTranslation();
  const number = (value: number) => formatNumber(value, i18n.language);
  const title = t("measures.rateOf", { object: t(`object.${group.object}`), basis: t(`measures.basis.${group.basis}`) });
  return (
    <section className={styles.group} aria-label={title}>
      <h2>{title}</h2>
      <Table<MeasureWindow>
        size="small"
        pagination={false}
        rowKey="window"
        dataSource={group.windows}
        aria-label={title}
        columns={[
          { title: t("measures.window"), render: (_, row) => t(`measures.windowOf.${row.window}`) },
          {
            title: t("measures.shown"),
            align: "right",
            render: (_, row) => (row.positive_percent === null ? "–" : <b>{t("measures.percent", { percent: row.positive_percent })}</b>),
          },
          ...kinds.map((kind) => ({
            title: t(`measures.${kind}.${group.basis}`),
            align: "right" as const,
            render: (_: unknown, row: MeasureWindow) => (
              <>
                <Link to={listOf(group, row, kind, shop)}>{number(row[kind])}</Link>
                {kind === "positive" && row.typed_at && <span className={styles.typed}>{t("measures.typed")} <When at={row.typed_at} shop={shop} /></span>}
              </>
            ),
          })),
          { title: t("measures.total"), align: "right", render: (_, row) => <Link to={listOf(group, row, "total", shop)}>{number(row.total)}</Link> },
        ]}
      />
      <Sources source={group.source} grade={group.grade} />
      <WhatIf group={group} shop={shop} />
    </section>
  );
}

function Defects({ of }: { of: ShopMeasures }) {
  const { t, i18n } = useTranslation();
  const { defects } = of;
  if (!defects) return null;
  const number = (value: number) => formatNumber(value, i18n.language);
  const query = (day: string) => day.slice(0, 10);
  return (
    <section className={styles.group} aria-label={t("measures.defects")}>
      <h2>{t("measures.defects")}</h2>
      <p className={styles.answer}>
        <span className={styles.meets} data-meets={defects.meets ?? undefined}>{formatShare(defects.defective, defects.orders, i18n.language)}</span>{" "}
        <small>
          <Link to={`/reviews?shop=${of.shop.id}&object=seller_feedback&rating=1&rating=2`}>{number(defects.defective)}</Link>
          {" / "}
          <Link to={`/orders?shop=${of.shop.id}&from=${query(defects.from)}`}>{t("measures.orders", { number: number(defects.orders) })}</Link>
          {" · "}
          {t(defects.meets === null ? "measures.noOrders" : defects.meets ? "measures.meets" : "measures.misses")}
        </small>
      </p>
      <p className={styles.quiet}>{t("measures.defectsSpare", { spare: number(defects.to_spare), needed: number(defects.good_orders_needed) })}</p>
      <p className={styles.quiet}>{t("measures.claimsUnknown")}</p>
      <Sources source={defects.source} grade={defects.grade} />
    </section>
  );
}

function Typed({ of }: { of: ShopMeasures }) {
  const { t } = useTranslation();
  return (
    <section className={styles.group} aria-label={t("measures.typedTitle")}>
      <h2>{t("measures.typedTitle")}</h2>
      <p className={styles.quiet}>{t("measures.typedHelp")} <Link to="/imports">{t("measures.toTyped")}</Link></p>
      <Table
        size="small"
        pagination={false}
        rowKey="id"
        dataSource={of.typed}
        columns={[
          { title: t("measures.name"), render: (_, row) => figureName(row.name, t) },
          { title: t("measures.value"), align: "right", render: (_, row) => `${row.value}${row.unit === "percent" ? "%" : ""}` },
          { title: t("measures.day"), render: (_, row) => <When at={row.at} shop={of.shop.id} /> },
          { title: t("measures.by"), render: (_, row) => row.typed_by ?? t("measures.ofFile") },
        ]}
      />
    </section>
  );
}
