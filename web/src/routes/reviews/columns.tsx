import type { TFunction } from "i18next";
import { Link, type To } from "react-router";
import type { ReviewRow } from "../../api/types";
import type { ListColumn } from "../../components/List/column";
import { Said } from "../../components/List/Said";
import { When } from "../../components/When/When";
import { CaseStateName } from "../../components/Words/CaseStateName";
import { CauseNames } from "../../components/Words/CauseName";
import { Severity } from "../../components/Words/Severity";
import { languageName } from "../../i18n/names";
import styles from "./Reviews.module.css";

/** What of a review both lists can show: that of reviews, and that of cases for the review of each. */
export function judgedColumns<Row>(t: TFunction, page: string, of: (row: Row) => ReviewRow | null): ListColumn<Row>[] {
  return [
    { key: "sentiment", title: t("reviews.sentiment"), width: 84, exported: ["sentiment"], render: (row) => { const sentiment = of(row)?.sentiment; return sentiment ? t(`sentiment.${sentiment.label}`) : "–"; } },
    { key: "verdict", title: t("lists.filter.verdict"), width: 76, exported: ["verdict"], render: (row) => { const verdict = of(row)?.verdict; return verdict ? t(`verdict.${verdict}`) : "–"; } },
    { key: "product", title: t("lists.filter.product"), width: 180, large: true, exported: ["product_title"], render: (row) => of(row)?.product?.title ?? of(row)?.product?.key ?? "–" },
    { key: "order", title: t("reviews.orderNumber"), width: 168, exported: ["order_number"], render: (row) => of(row)?.order_number ?? "–" },
    { key: "buyer", title: t("reviews.buyer"), width: 100, exported: ["buyer_nick"], render: (row) => of(row)?.buyer ?? t("unknown") },
    { key: "object", title: t("lists.filter.object"), width: 92, exported: ["object"], render: (row) => { const object = of(row)?.object; return object ? t(`object.${object}`) : "–"; } },
    { key: "language", title: t("lists.filter.language"), width: 84, exported: ["language"], render: (row) => { const language = of(row)?.language; return language ? languageName(language, page, t("tongue.und")) : "–"; } },
    { key: "platform", title: t("lists.filter.platform"), width: 100, exported: ["platform"], render: (row) => { const shop = of(row)?.shop; return shop ? t(`platform.${shop.platform}`) : "–"; } },
  ];
}

export function reviewColumns(t: TFunction, page: string, addressOf: (id: string) => To): ListColumn<ReviewRow>[] {
  return [
    {
      key: "review",
      title: t("reviews.review"),
      always: true,
      exported: ["rating", "title", "text", "tags"],
      render: (row) => <Said review={row} to={addressOf(row.id)} under={row.product?.title} />,
    },
    { key: "cause", title: t("reviews.cause"), width: 148, basic: true, exported: ["primary_cause", "causes"], render: (row) => <CauseNames causes={row.causes} primary={row.primary_cause} most={2} /> },
    { key: "severity", title: t("reviews.severity"), width: 96, basic: true, exported: ["severity"], render: (row) => <Severity value={row.severity} /> },
    { key: "shop", title: t("reviews.shop"), width: 128, basic: true, large: true, exported: ["shop"], render: (row) => row.shop.name },
    { key: "date", title: t("reviews.date"), width: 110, basic: true, exported: ["created"], render: (row) => <When at={row.created_at} shop={row.shop.id} none="unknown" /> },
    {
      key: "case",
      title: t("reviews.case"),
      width: 124,
      basic: true,
      exported: ["case_number", "case_state"],
      render: ({ case: found }) =>
        found ? <Link className={styles.case} to={`/cases/${found.id}`}>{found.number} <CaseStateName state={found.state} /></Link> : "–",
    },
    { key: "handler", title: t("lists.filter.handler"), width: 92, exported: ["handler"], render: (row) => row.handler?.name ?? "–" },
    ...judgedColumns<ReviewRow>(t, page, (row) => row),
  ];
}
