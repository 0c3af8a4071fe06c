import { Slider, Table } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import type { MeasureGroup } from "../../api/types";
import { When } from "../../components/When/When";
import { Stars } from "../../components/Words/Stars";
import { excerpt } from "../../format/excerpt";
import { formatNumber } from "../../format/number";
import styles from "./Measures.module.css";
import { neededFor, percentIf } from "./whatIf";

type Open = MeasureGroup["open"][number];

/** 评分测算: how many positives a target takes, what more of them bring, what each rating against the shop costs and when it leaves. */
export function WhatIf({ group, shop }: { group: MeasureGroup; shop: string }) {
  const { t, i18n } = useTranslation();
  const [target, setTarget] = useState(95);
  const [more, setMore] = useState(0);
  const [gone, setGone] = useState<readonly React.Key[]>([]);
  const year = group.windows.find(({ window }) => window === "365");
  if (!year || year.total === 0) return null;
  const number = (value: number) => formatNumber(value, i18n.language);
  const needed = neededFor(group, target);
  const shown = percentIf(year, more, gone.length);
  const percent = (value: number | null) => (value === null ? "–" : t("measures.percent", { percent: value }));
  const leave = (open: Open, window: "30" | "90" | "365") => open.leaves.find((each) => each.window === window);
  return (
    <section aria-label={t("measures.whatIf")}>
      <div className={styles.what}>
        <div>
          <h3>{t("measures.target")}</h3>
          <Slider min={80} max={100} value={target} onChange={setTarget} ariaLabelForHandle={t("measures.target")} tooltip={{ formatter: (value) => t("measures.percent", { percent: value ?? 0 }) }} />
          <p className={styles.answer} role="status" aria-label={t("measures.needed")}>{needed === null ? "–" : number(needed)} <small>{t("measures.neededFor", { percent: target })}</small></p>
        </div>
        <div>
          <h3>{t("measures.more")}</h3>
          <Slider min={0} max={Math.max(100, neededFor(group, 98) ?? 0)} value={more} onChange={setMore} ariaLabelForHandle={t("measures.more")} />
          <p className={styles.answer} role="status" aria-label={t("measures.wouldShow")}>{percent(shown)} <small>{t("measures.with", { more: number(more), gone: number(gone.length) })}</small></p>
        </div>
      </div>
      {group.open.length > 0 && (
        <>
          <h3 className={styles.quiet}>{t("measures.open", { count: group.open.length })}{group.open_capped && ` · ${t("measures.openCapped")}`}</h3>
          <Table<Open>
            size="small"
            rowKey="review_id"
            dataSource={group.open}
            pagination={{ pageSize: 10, hideOnSinglePage: true, showSizeChanger: false }}
            rowSelection={{ selectedRowKeys: [...gone], onChange: setGone, columnTitle: <span className={styles.quiet}>{t("measures.without")}</span>, getCheckboxProps: (row) => ({ "aria-label": t("measures.withoutOne", { text: excerpt(row.summary, 30) }) }) }}
            aria-label={t("measures.whatIf")}
            columns={[
              { title: t("reviews.one"), render: (_, row) => <Link to={`/reviews?review=${row.review_id}`}><Stars rating={row.rating} verdict={row.verdict} compact /> {excerpt(row.summary, 60) || t("reviews.noText")}</Link> },
              { title: t("measures.given"), render: (_, row) => <When at={row.at} shop={shop} /> },
              { title: t("measures.ifRemoved"), align: "right", render: (_, row) => percent(leave(row, "365")?.percent_without ?? null) },
              ...(["30", "90", "365"] as const).map((window) => ({ title: t("measures.rollsOff", { window: t(`measures.windowOf.${window}`) }), render: (_: unknown, row: Open) => <When at={leave(row, window)?.at ?? null} shop={shop} /> })),
            ]}
          />
        </>
      )}
    </section>
  );
}
