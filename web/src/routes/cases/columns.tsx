import type { TFunction } from "i18next";
import type { CaseRow } from "../../api/types";
import type { ListColumn } from "../../components/List/column";
import styles from "../../components/List/List.module.css";
import { Said } from "../../components/List/Said";
import { SaidMatter } from "../../components/Matter/SaidMatter";
import { When } from "../../components/When/When";
import { CaseStateName } from "../../components/Words/CaseStateName";
import { CauseNames } from "../../components/Words/CauseName";
import { Severity } from "../../components/Words/Severity";
import { judgedColumns } from "../reviews/columns";

/** What a case complains of: all that its review does, or what was said when it was opened. */
function causesOf(row: CaseRow) {
  return row.review?.causes ?? (row.primary_cause ? [row.primary_cause] : []);
}

export function caseColumns(t: TFunction, page: string): ListColumn<CaseRow>[] {
  return [
    {
      key: "review",
      title: t("cases.case"),
      always: true,
      exported: ["case_number", "rating", "title", "text", "tags"],
      render: (row) =>
        row.review
          ? <Said review={row.review} to={`/cases/${row.id}`} under={row.review.product?.title} state={<CaseStateName state={row.state} />} />
          : <SaidMatter row={row} state={<CaseStateName state={row.state} />} />,
    },
    { key: "severity", title: t("cases.severity"), width: 96, basic: true, exported: ["severity"], render: (row) => <Severity value={row.severity} /> },
    { key: "cause", title: t("cases.cause"), width: 148, basic: true, exported: ["case_cause"], render: (row) => <CauseNames causes={causesOf(row)} primary={row.primary_cause} most={2} /> },
    { key: "kind", title: t("lists.filter.kind"), width: 84, exported: ["case_kind"], render: (row) => t(`caseKind.${row.kind}`) },
    {
      key: "state",
      title: t("cases.stateOwner"),
      width: 116,
      basic: true,
      exported: ["case_state", "owner"],
      render: (row) => (
        <>
          <CaseStateName state={row.state} />
          <span className={styles.under}>{row.owner?.name ?? t("cases.nobody")}</span>
        </>
      ),
    },
    { key: "shop", title: t("cases.shop"), width: 128, basic: true, large: true, exported: ["shop"], render: (row) => row.shop.name },
    { key: "opened", title: t("cases.opened"), width: 110, basic: true, exported: ["opened_at"], render: (row) => <When at={row.opened_at} shop={row.shop.id} /> },
    { key: "updated", title: t("cases.updated"), width: 110, exported: ["updated_at"], render: (row) => <When at={row.updated_at} shop={row.shop.id} /> },
    { key: "next", title: t("cases.next"), width: 120, exported: ["next_step", "due_at"], render: (row) => (row.next_step ? <>{t(`step.${row.next_step}`)}<span className={styles.under}><When at={row.due_at} shop={row.shop.id} /></span></> : "–") },
    { key: "contact", title: t("cases.contact"), width: 120, exported: ["next_contact", "next_contact_at"], render: (row) => (row.next_contact ? <>{t(`channel.${row.next_contact.channel}`)}<span className={styles.under}><When at={row.next_contact.from} shop={row.shop.id} /></span></> : "–") },
    { key: "deadline", title: t("cases.deadline"), width: 110, exported: ["next_deadline", "next_deadline_at"], render: (row) => <When at={row.next_deadline?.at} shop={row.shop.id} /> },
    { key: "clock", title: t("cases.clock"), width: 120, exported: [], render: (row) => (row.clock ? <>{t(`clockKind.${row.clock.kind}`)}<span className={styles.under}><When at={row.clock.due_at} shop={row.shop.id} /></span></> : "–") },
    { key: "outcome", title: t("cases.outcome"), width: 110, exported: ["outcome", "closed_at"], render: (row) => (row.outcome ? t(`outcome.${row.outcome}`) : "–") },
    { key: "fault", title: t("cases.fault"), width: 80, exported: ["case_fault"], render: (row) => t(`fault.${row.fault ?? "unknown"}`) },
    { key: "number", title: t("cases.numberShort"), width: 68, align: "right", basic: true, exported: ["case_number"], render: (row) => row.number },
    ...judgedColumns<CaseRow>(t, page, (row) => row.review),
  ];
}
