import { Skeleton } from "antd";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import type { WorkbenchFigure } from "../../api/types";
import { useWorkbench } from "../../api/workbench";
import { useTitle } from "../../components/Frame/useTitle";
import { LinkButton } from "../../components/LinkButton/LinkButton";
import { MoneyFigures } from "../../components/Money/MoneyFigures";
import { PromiseFigures } from "../../components/Promises/PromiseFigures";
import { Trouble } from "../../components/Trouble/Trouble";
import { formatCount } from "../../format/number";
import { HandoverFigures } from "./HandoverFigures";
import { NextCase } from "./NextCase";
import styles from "./Workbench.module.css";

const cards = ["escalated", "clock_overdue", "clock_soon", "overdue", "due_soon", "contacts", "new", "mine", "deadlines_3", "deadlines_7"] as const;

/** The list of cases behind a number; a list without a state shows those that need somebody, so the others are named. */
const listOf = ({ query }: WorkbenchFigure) => `/cases?${query}${query.includes("case_state=") ? "" : "&case_state=all"}`;

/** What came in, what is due, what is late, what waits for me, and how yesterday was. */
export function Workbench() {
  const { t, i18n } = useTranslation();
  useTitle(t("page.workbench"));
  const { data, error, refetch } = useWorkbench();
  if (error && !data) return <Trouble page error={error} onRetry={() => void refetch()} />;
  const count = (figure: WorkbenchFigure) => formatCount(figure.count, i18n.language);
  const isCalm = data && cards.every((key) => data[key].count.value === 0);
  return (
    <div className={styles.page}>
      <h1>{t("workbench.title")}</h1>
      {!data && <Skeleton active paragraph={{ rows: 6 }} />}
      {data && (
        <>
          <NextCase />
          <nav aria-label={t("workbench.numbers")} className={styles.cards}>
            {cards.map((key) => (
              <Link key={key} to={listOf(data[key])} className={styles.card} data-kind={data[key].count.value > 0 ? key : undefined}>
                <b>{count(data[key])}</b>
                <span>{t(`workbench.${key}`)}</span>
              </Link>
            ))}
          </nav>
          <p className={styles.yesterday}>
            <b>{t("workbench.yesterday")}</b>{" "}
            {(["opened", "ended", "contacted"] as const).map((key) => (
              <Link key={key} to={listOf(data.yesterday[key])}>{t(`workbench.${key}`, { number: count(data.yesterday[key]) })}</Link>
            ))}
          </p>
          <MoneyFigures className={styles.yesterday} />
          <PromiseFigures className={styles.yesterday} />
          <HandoverFigures className={styles.yesterday} />
          {isCalm && (
            <p className={styles.calm}>{t("workbench.calm")} {t("workbench.teach")} <LinkButton to="/imports">{t("cases.emptyGo")}</LinkButton></p>
          )}
        </>
      )}
    </div>
  );
}
