import { Slider, Table } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import type { ScoreFigure, ShopMeasures } from "../../api/types";
import { Sources } from "../../components/Removal/Sources";
import { When } from "../../components/When/When";
import { formatNumber } from "../../format/number";
import { figureName } from "../imports/figures/names";
import styles from "./Measures.module.css";
import { fivesFor, sumOf } from "./scores";

/** 店铺评分 DSR as the page shows it, typed and dated, and how many fives a higher mean takes. */
export function Scores({ of }: { of: ShopMeasures }) {
  const { t, i18n } = useTranslation();
  const [target, setTarget] = useState(480);
  const number = (value: number) => formatNumber(value, i18n.language);
  const mean = (hundredths: number) => (hundredths / 100).toFixed(2);
  const [first] = of.scores;
  if (!first) return null;
  return (
    <section className={styles.group} aria-label={t("measures.scores")}>
      <h2>{t("measures.scores")}</h2>
      <p className={styles.quiet}>{t("measures.scoresHelp")} <Link to="/imports">{t("measures.toTyped")}</Link></p>
      <Table<ScoreFigure>
        size="small"
        pagination={false}
        rowKey={(row) => row.shown.id}
        dataSource={of.scores}
        aria-label={t("measures.scores")}
        columns={[
          { title: t("measures.figure"), render: (_, row) => figureName(row.shown.name, t) },
          { title: t("measures.scoreShown"), align: "right", render: (_, row) => <><b>{row.shown.value}</b><span className={styles.typed}>{t("measures.typed")} <When at={row.shown.at} shop={of.shop.id} /></span></> },
          { title: `${t("measures.scoreSum")} / ${t("measures.raters")}`, align: "right", render: (_, row) => (row.raters ? <>{number(sumOf(row.shown.value, row.raters.value))} / {number(Number(row.raters.value))}<span className={styles.typed}>{t("measures.typed")} <When at={row.raters.at} shop={of.shop.id} /></span></> : t("measures.ratersNone")) },
          { title: `${t("measures.fives")} → ${mean(target)}`, align: "right", render: (_, row) => { const fives = fivesFor(row, target); return row.raters ? (fives === null ? "–" : number(fives)) : t("measures.fivesNone"); } },
        ]}
      />
      {first.raters && (
        <div className={styles.what}>
          <div>
            <h3>{t("measures.scoreTarget")}</h3>
            <Slider min={400} max={499} value={target} onChange={setTarget} ariaLabelForHandle={t("measures.scoreTarget")} tooltip={{ formatter: (value) => mean(value ?? 0) }} />
          </div>
        </div>
      )}
      <Sources source={first.source} grade={first.grade} />
    </section>
  );
}
