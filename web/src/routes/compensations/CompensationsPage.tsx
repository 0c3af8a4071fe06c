import { DollarOutlined, DownloadOutlined } from "@ant-design/icons";
import { Button, Checkbox, DatePicker, Dropdown, Skeleton, Table, Tabs, type TableColumnsType } from "antd";
import dayjs from "dayjs";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link, useSearchParams } from "react-router";
import { type CompensationFilter, useCompensation, useCompensations } from "../../api/compensations";
import { useMay } from "../../api/session";
import type { Compensation, CompensationDecision } from "../../api/types";
import { ChangedBar } from "../../components/Changed/ChangedBar";
import { useTitle } from "../../components/Frame/useTitle";
import list from "../../components/List/List.module.css";
import { ListFoot } from "../../components/List/ListFoot";
import { ListSkeleton } from "../../components/List/ListSkeleton";
import { Teach } from "../../components/List/Teach";
import { DecideDialog } from "../../components/Money/DecideDialog";
import styles from "../../components/Money/Money.module.css";
import { CompensationState } from "../../components/Money/StateName";
import { Trouble } from "../../components/Trouble/Trouble";
import { When } from "../../components/When/When";
import { formatMoney } from "../../format/number";
import { Report } from "./Report";

const tabs = ["asked", "approved", "paid", "confirmed", "refused", "reversed"] as const;

/** What may be decided on rows of a state. */
const decisions: Record<Compensation["state"], readonly CompensationDecision[]> = {
  asked: ["approve", "refuse"],
  approved: ["pay", "undo", "reverse"],
  paid: ["reverse"],
  confirmed: [],
  refused: ["undo"],
  reversed: [],
};

/** What was asked for, agreed to, paid and confirmed; for many at once, with what becomes of each. */
export function CompensationsPage() {
  const { t } = useTranslation();
  useTitle(t("compensations.title"));
  const approver = useMay("money.approve");
  const [params, setParams] = useSearchParams();
  const isReport = approver && params.get("tab") === "report";
  const state = tabs.find((each) => each === params.get("state")) ?? "asked";
  const month = params.get("month");
  const waiting = state === "asked" && params.get("waiting") === "true";
  const set = (next: Record<string, string | null>) =>
    setParams((now) => {
      const all = new URLSearchParams(now);
      for (const [key, value] of Object.entries(next)) {
        if (value) all.set(key, value);
        else all.delete(key);
      }
      return all;
    }, { replace: true });
  const filter: CompensationFilter = { state: [state], ...(month && { month }), ...(waiting && { waiting }) };
  const items = [...tabs.map((key) => ({ key: key as string, label: t(`compensations.state.${key}`) })), ...(approver ? [{ key: "report", label: t("compensations.report.title") }] : [])];
  return (
    <div className={list.page}>
      <div className={list.head}>
        <h1>{t("compensations.title")}</h1>
        <span className={list.spread} />
        {!isReport && approver && state === "asked" && <Checkbox checked={waiting} onChange={(event) => set({ waiting: event.target.checked ? "true" : null })}>{t("compensations.waitsForMe")}</Checkbox>}
        {!isReport && <DatePicker picker="month" aria-label={t("compensations.month")} placeholder={t("compensations.month")} value={month ? dayjs(month) : null} onChange={(value) => set({ month: value ? value.format("YYYY-MM") : null })} />}
        {!isReport && <ExportPayouts state={state} month={month} />}
      </div>
      <Tabs className={list.tabs} activeKey={isReport ? "report" : state} onChange={(next) => set(next === "report" ? { tab: next, state: null } : { tab: null, state: next === "asked" ? null : next })} items={items} />
      {isReport ? <Report /> : <Rows key={state} state={state} filter={filter} />}
    </div>
  );
}

/** The file for whoever transfers the money; it marks nothing as paid. */
function ExportPayouts({ state, month }: { state: string; month: string | null }) {
  const { t } = useTranslation();
  if (!useMay("list.export")) return null;
  const address = (format: string) => `/api/v1/compensations/export?format=${format}&state=${state}${month ? `&month=${month}` : ""}`;
  return (
    <Dropdown trigger={["click"]} menu={{ items: (["xlsx", "csv"] as const).map((format) => ({ key: format, label: <a href={address(format)} download>{t(`lists.exportAs.${format}`)}</a> })) }}>
      <Button icon={<DownloadOutlined aria-hidden="true" />} title={t("compensations.exportHelp")}>{t("list.export")}</Button>
    </Dropdown>
  );
}

function Rows({ state, filter }: { state: Compensation["state"]; filter: CompensationFilter }) {
  const { t, i18n } = useTranslation();
  const approver = useMay("money.approve");
  const found = useCompensations(filter);
  const [picked, setPicked] = useState<string[]>([]);
  const [deciding, setDeciding] = useState<{ rows: Compensation[]; decision: CompensationDecision }>();
  const rows = found.data?.pages.flatMap((page) => page.compensations) ?? [];
  const first = found.data?.pages[0];
  const money = (amount: Compensation["amount"]) => <span className={styles.amount}>{formatMoney(amount, i18n.language)}</span>;
  if (found.error && !found.data) return <Trouble page error={found.error} onRetry={() => void found.refetch()} />;
  const chosen = rows.filter((row) => picked.includes(row.id));
  const columns: TableColumnsType<Compensation> = [
    { key: "order", title: t("compensations.column.order"), render: (_, row) => <><Link to={`/cases/${row.case.id}`}>{row.order_number}</Link><span className={list.under}>{row.buyer ?? t("unknown")} · {row.shop.name}</span></> },
    { key: "what", title: t("compensations.column.what"), render: (_, row) => <>{t(`benefit.${row.kind}`)}{row.cause && <span className={list.under}>{t(`cause.${row.cause}`)}</span>}</> },
    { key: "amount", title: t("compensations.column.amount"), align: "right", render: (_, row) => <>{money(row.amount)}<span className={list.under}>{t("compensations.ofOrder", { amount: formatMoney(row.paid_for_order, i18n.language) })}</span></> },
    { key: "approval", title: t("compensations.column.approval"), responsive: ["lg"], render: (_, row) => t(`signOff.${row.approval}`) },
    { key: "asked", title: t("compensations.column.asked"), responsive: ["md"], render: (_, row) => <>{row.asked_by?.name ?? t("cases.system")}<span className={list.under}><When at={row.asked_at} shop={row.shop.id} /></span></> },
    { key: "state", title: t("compensations.column.state"), responsive: ["md"], render: (_, row) => <CompensationState state={row.state} /> },
  ];
  return (
    <>
      <ChangedBar of="cases" text={t("compensations.changed")} onShow={found.refetch} />
      {found.isPending && <ListSkeleton />}
      {found.data && rows.length === 0 && <Teach icon={<DollarOutlined />} title={t(`compensations.none.${state}`)} text={t("compensations.teach")} />}
      {first && rows.length > 0 && (
        <>
          <p className={styles.totals}>
            {first.totals.map((each) => <span key={each.total.currency}>{t("compensations.total", { count: each.many, sum: formatMoney(each.total, i18n.language) })}</span>)}
          </p>
          <Table<Compensation>
            aria-label={t("compensations.title")}
            className={list.table}
            rowKey="id"
            size="small"
            pagination={false}
            dataSource={rows}
            columns={columns}
            rowSelection={approver && decisions[state].length > 0 ? { selectedRowKeys: picked, onChange: (keys) => setPicked(keys.map(String)), getCheckboxProps: (row) => ({ "aria-label": t("compensations.choose", { order: row.order_number }) }) as object } : undefined}
            expandable={{ expandedRowRender: (row) => <Steps id={row.id} /> }}
          />
          <ListFoot shown={rows.length} count={first.count} hasMore={found.hasNextPage} loading={found.isFetchingNextPage} onMore={() => void found.fetchNextPage()} />
        </>
      )}
      {chosen.length > 0 && (
        <section className={styles.bar} aria-label={t("bulk.label")}>
          <b>{t("bulk.chosen", { count: chosen.length })}</b>
          {decisions[state].map((decision, at) => (
            <Button key={decision} type={at === 0 ? "primary" : "default"} onClick={() => setDeciding({ rows: chosen, decision })}>{t(`compensations.decide.${decision}`)}</Button>
          ))}
          <span className={styles.spread} />
          <Button type="text" onClick={() => setPicked([])}>{t("action.cancel")}</Button>
        </section>
      )}
      {deciding && (
        <DecideDialog
          rows={deciding.rows}
          decision={deciding.decision}
          onDone={() => {
            setDeciding(undefined);
            setPicked([]);
          }}
        />
      )}
    </>
  );
}

/** What happened to one, and what its buyer was given otherwise. */
function Steps({ id }: { id: string }) {
  const { t, i18n } = useTranslation();
  const { data, error } = useCompensation(id);
  if (error) return <Trouble error={error} />;
  if (!data) return <Skeleton active paragraph={{ rows: 2 }} />;
  return (
    <>
      <ul className={styles.list} aria-label={t("compensations.steps")}>
        {data.steps.map((step) => (
          <li key={step.at + step.kind}>
            <span>{t(`compensations.step.${step.kind}`)}</span>
            <span className={styles.quiet}>{step.by?.name ?? t("cases.system")}{step.alone && ` (${t("guard.alone")})`} · <When at={step.at} shop={data.shop.id} /></span>
            {step.note && <span>{step.note}</span>}
          </li>
        ))}
      </ul>
      {data.past.length > 0 && (
        <p className={styles.quiet}>
          {t("compensations.past", { count: data.past.length })}{" "}
          {data.past.map((one) => `${one.order_number} ${t(`benefit.${one.kind}`)} ${formatMoney(one.amount, i18n.language)} ${t(`compensations.state.${one.state}`)}`).join(" · ")}
        </p>
      )}
    </>
  );
}
