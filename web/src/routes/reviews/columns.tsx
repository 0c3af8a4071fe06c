import type { TableColumnsType } from "antd";
import type { TFunction } from "i18next";
import { Link, type To } from "react-router";
import type { ReviewRow } from "../../api/types";
import { Said } from "../../components/List/Said";
import { When } from "../../components/When/When";
import { CaseStateName } from "../../components/Words/CaseStateName";
import { CauseNames } from "../../components/Words/CauseName";
import { Severity } from "../../components/Words/Severity";
import styles from "./Reviews.module.css";

const wide: ("md")[] = ["md"];

export function reviewColumns(t: TFunction, addressOf: (id: string) => To): TableColumnsType<ReviewRow> {
  return [
    {
      key: "review",
      title: t("reviews.review"),
      render: (_, row) => <Said review={row} to={addressOf(row.id)} under={row.product?.title} />,
    },
    { key: "cause", title: t("reviews.cause"), width: 150, responsive: wide, render: (_, row) => <CauseNames causes={row.causes} primary={row.primary_cause} most={2} /> },
    { key: "sentiment", title: t("reviews.sentiment"), width: 84, responsive: wide, render: (_, row) => (row.sentiment ? t(`sentiment.${row.sentiment.label}`) : "–") },
    { key: "severity", title: t("reviews.severity"), width: 96, responsive: wide, render: (_, row) => <Severity value={row.severity} /> },
    { key: "shop", title: t("reviews.shop"), width: 132, responsive: ["lg"], ellipsis: true, render: (_, row) => row.shop.name },
    { key: "date", title: t("reviews.date"), width: 108, responsive: wide, render: (_, row) => <When at={row.created_at} shop={row.shop.id} none="unknown" /> },
    {
      key: "case",
      title: t("reviews.case"),
      width: 124,
      responsive: wide,
      render: (_, { case: found }) =>
        found ? <Link className={styles.case} to={`/cases/${found.id}`}>{found.number} <CaseStateName state={found.state} /></Link> : "–",
    },
  ];
}
