import { LineChartOutlined } from "@ant-design/icons";
import { Select, Skeleton, Table } from "antd";
import { useTranslation } from "react-i18next";
import { Link, useSearchParams } from "react-router";
import { useMeasures } from "../../api/measures";
import { useShops } from "../../api/shops";
import type { ShopMeasures } from "../../api/types";
import { chosenShop } from "../../components/Frame/shop";
import { useTitle } from "../../components/Frame/useTitle";
import { Teach } from "../../components/List/Teach";
import { Trouble } from "../../components/Trouble/Trouble";
import { When } from "../../components/When/When";
import { figureName } from "../imports/figures/names";
import { Defects } from "./Defects";
import { Folk } from "./Folk";
import { Group } from "./Group";
import { History } from "./History";
import styles from "./Measures.module.css";
import { Scores } from "./Scores";
import { Service } from "./Service";

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
      {data && data.scores.length > 0 && <Scores of={data} />}
      {data && <Service of={data} />}
      {data && <Folk of={data} />}
      {data && <History key={data.shop.id} shop={data.shop.id} />}
      {data && data.typed.length > 0 && <Typed of={data} />}
    </div>
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
