import { Table } from "antd";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import type { TriedRule } from "../../../api/types";
import { When } from "../../../components/When/When";
import { useAutomationText } from "./useAutomationText";

/** For what a rule would have run, and what it would have done. */
export function Tried({ of }: { of: TriedRule }) {
  const { t } = useTranslation();
  const text = useAutomationText();
  return (
    <section aria-label={t("automation.tried")}>
      <p role="status">{t(of.capped ? "automation.triedCapped" : "automation.triedOf", { looked: of.looked, count: of.matched })}</p>
      {of.rows.length > 0 && (
        <Table<TriedRule["rows"][number]>
          size="small"
          rowKey={(row) => `${row.case?.id ?? row.review ?? ""} ${row.at}`}
          pagination={{ pageSize: 10, hideOnSinglePage: true }}
          dataSource={of.rows}
          columns={[
            { key: "case", title: t("automation.case"), render: (_, row) => (row.case ? <Link to={`/cases/${row.case.id}`}>{t("cases.number", { number: row.case.number })}</Link> : row.review && <Link to={`/reviews?review=${row.review}`}>{t("automation.review")}</Link>) },
            { key: "text", title: t("automation.words"), render: (_, row) => row.text.slice(0, 40) },
            { key: "at", title: t("automation.at"), render: (_, row) => <When at={row.at} shop={row.shop.id} /> },
            { key: "do", title: t("automation.would"), render: (_, row) => text.actions(row.actions) },
          ]}
        />
      )}
    </section>
  );
}
