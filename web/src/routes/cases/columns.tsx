import type { TableColumnsType } from "antd";
import type { TFunction } from "i18next";
import type { CaseRow } from "../../api/types";
import styles from "../../components/List/List.module.css";
import { Said } from "../../components/List/Said";
import { When } from "../../components/When/When";
import { CaseStateName } from "../../components/Words/CaseStateName";
import { CauseNames } from "../../components/Words/CauseName";
import { Severity } from "../../components/Words/Severity";

const wide: ("md")[] = ["md"];

export function caseColumns(t: TFunction): TableColumnsType<CaseRow> {
  return [
    {
      key: "review",
      title: t("cases.case"),
      render: (_, row) => (
        <Said review={row.review} to={`/cases/${row.id}`} under={row.review.product?.title} state={<CaseStateName state={row.state} />} />
      ),
    },
    { key: "severity", title: t("cases.severity"), width: 96, responsive: wide, render: (_, row) => <Severity value={row.severity} /> },
    { key: "cause", title: t("cases.cause"), width: 148, responsive: wide, render: (_, row) => <CauseNames causes={row.review.causes} primary={row.primary_cause} most={2} /> },
    {
      key: "state",
      title: t("cases.stateOwner"),
      width: 124,
      responsive: wide,
      render: (_, row) => (
        <>
          <CaseStateName state={row.state} />
          <span className={styles.under}>{row.owner?.name ?? t("cases.nobody")}</span>
        </>
      ),
    },
    { key: "shop", title: t("cases.shop"), width: 132, responsive: ["lg"], ellipsis: true, render: (_, row) => row.shop.name },
    { key: "opened", title: t("cases.opened"), width: 104, responsive: wide, render: (_, row) => <When at={row.opened_at} shop={row.shop.id} /> },
    { key: "number", title: t("cases.numberShort"), width: 68, align: "right", responsive: wide, render: (_, row) => row.number },
  ];
}
