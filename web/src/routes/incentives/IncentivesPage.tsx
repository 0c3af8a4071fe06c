import { DownloadOutlined, TrophyOutlined } from "@ant-design/icons";
import { App, Button, DatePicker, Dropdown, Popconfirm, Tabs } from "antd";
import dayjs from "dayjs";
import { useTranslation } from "react-i18next";
import { Link, useSearchParams } from "react-router";
import { afterwards } from "../../api/change";
import { useDecideIncentive, useIncentives, usePayStatement, useStatements } from "../../api/incentives";
import { useMay, useMe } from "../../api/session";
import type { Incentive } from "../../api/types";
import { useTitle } from "../../components/Frame/useTitle";
import list from "../../components/List/List.module.css";
import { ListFoot } from "../../components/List/ListFoot";
import { ListSkeleton } from "../../components/List/ListSkeleton";
import { Teach } from "../../components/List/Teach";
import styles from "../../components/Money/Money.module.css";
import { IncentiveState } from "../../components/Money/StateName";
import tasks from "../../components/Tasks/Tasks.module.css";
import { Trouble } from "../../components/Trouble/Trouble";
import { When } from "../../components/When/When";
import { formatMoney } from "../../format/number";

const tabs = ["claimed", "payable", "paid", "clawed_back", "refused"] as const;

/** What agents earned, claim by claim and month by month; an agent sees his own. */
export function IncentivesPage() {
  const { t } = useTranslation();
  useTitle(t("incentives.title"));
  const [params, setParams] = useSearchParams();
  const asked = params.get("state");
  const state = tabs.find((each) => each === asked) ?? "claimed";
  const isMonth = asked === "month";
  const month = params.get("month") ?? dayjs().format("YYYY-MM");
  const items = [...tabs.map((key) => ({ key: key as string, label: t(`incentives.state.${key}`) })), { key: "month", label: t("incentives.statements") }];
  return (
    <div className={list.page}>
      <div className={list.head}>
        <h1>{t("incentives.title")}</h1>
        <span className={list.spread} />
        {isMonth && <DatePicker picker="month" allowClear={false} aria-label={t("compensations.month")} value={dayjs(month)} onChange={(value) => { if (value) setParams({ state: "month", month: value.format("YYYY-MM") }, { replace: true }); }} />}
        {isMonth && <ExportMonth month={month} />}
      </div>
      <p className={`${styles.quiet} ${styles.pad}`}>{t("incentives.neverRating")}</p>
      <Tabs className={list.tabs} activeKey={isMonth ? "month" : state} onChange={(next) => setParams(next === "claimed" ? {} : { state: next }, { replace: true })} items={items} />
      {isMonth ? <Month month={month} /> : <Claims state={state} />}
    </div>
  );
}

function ExportMonth({ month }: { month: string }) {
  const { t } = useTranslation();
  if (!useMay("list.export")) return null;
  const items = (["xlsx", "csv"] as const).map((format) => ({ key: format, label: <a href={`/api/v1/incentive-statements/export?format=${format}&month=${month}`} download>{t(`lists.exportAs.${format}`)}</a> }));
  return <Dropdown trigger={["click"]} menu={{ items }}><Button icon={<DownloadOutlined aria-hidden="true" />}>{t("list.export")}</Button></Dropdown>;
}

function Claims({ state }: { state: Incentive["state"] }) {
  const { t } = useTranslation();
  const found = useIncentives(state);
  const rows = found.data?.pages.flatMap((page) => page.incentives) ?? [];
  const count = found.data?.pages[0]?.count ?? { value: 0, capped: false };
  if (found.error && !found.data) return <Trouble page error={found.error} onRetry={() => void found.refetch()} />;
  return (
    <>
      {found.isPending && <ListSkeleton />}
      {found.data && rows.length === 0 && <Teach icon={<TrophyOutlined />} title={t(`incentives.none.${state}`)} text={t("incentives.teach")} />}
      {rows.length > 0 && (
        <>
          <ul className={tasks.list} aria-label={t("incentives.title")}>{rows.map((row) => <Claim key={row.id} row={row} />)}</ul>
          <ListFoot shown={rows.length} count={count} hasMore={found.hasNextPage} loading={found.isFetchingNextPage} onMore={() => void found.fetchNextPage()} />
        </>
      )}
    </>
  );
}

function Claim({ row }: { row: Incentive }) {
  const { t, i18n } = useTranslation();
  const { message } = App.useApp();
  const { data: me } = useMe();
  const approver = useMay("money.approve");
  const verify = useDecideIncentive(true);
  const refuse = useDecideIncentive(false);
  const amount = formatMoney(row.amount, i18n.language);
  const isOwn = row.person?.id === me?.user.id;
  return (
    <li className={tasks.task}>
      <div className={tasks.top}>
        <b>{row.person?.name ?? t("unknown")}</b>
        <Link to={`/cases/${row.case.id}`}>{t("cases.number", { number: row.case.number })}</Link>
        <span>{row.shop.name}</span>
        {row.cause && <span>{t(`cause.${row.cause}`)}</span>}
        <span>{t(`incentives.basis.${row.basis}`)}</span>
        <span className={tasks.spread} />
        <span className={styles.amount}>{amount}</span>
        <IncentiveState state={row.state} />
      </div>
      <span className={tasks.by}>{t("incentives.claimedAt")} <When at={row.claimed_at} shop={row.shop.id} /> · {t("incentives.watchUntil")} <When at={row.watch_until} shop={row.shop.id} /></span>
      {row.decided_at && <span className={tasks.by}> · {row.decided_by?.name ?? t("cases.system")}{row.alone && ` (${t("guard.alone")})`} <When at={row.decided_at} shop={row.shop.id} /></span>}
      {approver && row.state === "claimed" && (
        <div className={tasks.buttons}>
          <Popconfirm title={t("incentives.verifySure", { person: row.person?.name ?? "", amount })} okText={t("incentives.verify")} cancelText={t("action.cancel")} onConfirm={() => afterwards(verify.mutateAsync(row.id), () => void message.success(t("incentives.verified")))}>
            <Button size="small" type="primary" loading={verify.isPending}>{t("incentives.verify")}</Button>
          </Popconfirm>
          <Button size="small" loading={refuse.isPending} onClick={() => afterwards(refuse.mutateAsync(row.id), () => void message.success(t("incentives.refused")))}>{t("incentives.refuse")}</Button>
          {isOwn && <span className={styles.quiet}>{t("incentives.own")}</span>}
        </div>
      )}
      <Trouble error={verify.error ?? refuse.error} />
    </li>
  );
}

function Month({ month }: { month: string }) {
  const { t, i18n } = useTranslation();
  const { message } = App.useApp();
  const approver = useMay("money.approve");
  const { data, error, refetch } = useStatements(month);
  const pay = usePayStatement();
  const money = (amount: Incentive["amount"]) => formatMoney(amount, i18n.language);
  if (error && !data) return <Trouble page error={error} onRetry={() => void refetch()} />;
  if (!data) return <ListSkeleton />;
  if (data.statements.length === 0) return <Teach icon={<TrophyOutlined />} title={t("incentives.noMonth")} text={t("incentives.teach")} />;
  return (
    <div className={styles.pad}>
      {data.statements.map((statement) => {
        const lines = data.lines.filter((line) => line.person.id === statement.person.id && line.amount.currency === statement.total.currency);
        const due = lines.filter((line) => line.kind === "earned" && line.state === "payable");
        const sum = money({ minor: due.reduce((all, line) => all + line.amount.minor, 0), currency: statement.total.currency });
        return (
          <section key={statement.person.id + statement.total.currency} aria-label={t("incentives.statementOf", { person: statement.person.name })}>
            <div className={styles.line}>
              <h2 className={styles.small}>{statement.person.name}</h2>
              <span className={styles.amount}>{money(statement.total)}</span>
              <span className={styles.quiet}>{t("incentives.lines", { count: statement.lines })} · {t("incentives.paidOf", { amount: money(statement.paid) })}</span>
              <span className={styles.spread} />
              {approver && due.length > 0 && (
                <Popconfirm title={t("incentives.paySure", { person: statement.person.name, sum, count: due.length })} okText={t("incentives.pay")} cancelText={t("action.cancel")} onConfirm={() => afterwards(pay.mutateAsync({ month, person: statement.person.id }), () => void message.success(t("incentives.paid")))}>
                  <Button size="small" loading={pay.isPending}>{t("incentives.pay")}</Button>
                </Popconfirm>
              )}
            </div>
            <table className={styles.numbers}>
              <thead><tr><th>{t("incentives.column.case")}</th><th>{t("incentives.column.basis")}</th><th>{t("incentives.column.state")}</th><th>{t("incentives.column.amount")}</th></tr></thead>
              <tbody>
                {lines.map((line) => (
                  <tr key={line.incentive + line.kind}>
                    <td><Link to={`/cases/${line.case.id}`}>{t("cases.number", { number: line.case.number })}</Link> {t(`incentives.line.${line.kind}`)}</td>
                    <td>{t(`incentives.basis.${line.basis}`)}</td>
                    <td><IncentiveState state={line.state} /></td>
                    <td>{money(line.amount)}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </section>
        );
      })}
      <Trouble error={pay.error} />
    </div>
  );
}
