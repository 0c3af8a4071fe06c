import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import type { Case } from "../../api/types";
import { formatMoney } from "../../format/number";
import { Panel } from "../Panel/Panel";
import { When } from "../When/When";
import styles from "./Matter.module.css";

/** What a case without a review is about: what was said, what is asked, until when. */
export function MatterBody({ found }: { found: Case }) {
  const { t, i18n } = useTranslation();
  const { matter } = found;
  if (!matter) return null;
  const shop = found.shop.id;
  const order = matter.order_number;
  const facts: [string, ReactNode][] = [
    ["dispute", matter.dispute && t(`disputeKind.${matter.dispute}`)],
    ["evidence_due_at", matter.evidence_due_at && <When at={matter.evidence_due_at} shop={shop} />],
    ["asked", matter.asked && t(`request.${matter.asked}`)],
    ["amount", matter.amount && formatMoney(matter.amount, i18n.language)],
    ["asked_at", matter.asked_at && <When at={matter.asked_at} shop={shop} />],
    ["order_number", order && (found.order_id ? <Link to={`/orders/${found.order_id}`}>{order}</Link> : t("intake.notImported", { number: order }))],
    ["buyer_nick", matter.buyer_nick && (matter.buyer_id ? <Link to={`/buyers/${matter.buyer_id}`}>{matter.buyer_nick}</Link> : matter.buyer_nick)],
    ["came_by", matter.came_by && t(`cameBy.${matter.came_by}`)],
    ["due_at", matter.due_at && <When at={matter.due_at} shop={shop} />],
  ];
  return (
    <Panel title={t(`caseKind.${found.kind}`)}>
      <p className={styles.text}>{matter.text || t("intake.noWords")}</p>
      <dl className={styles.facts}>
        {facts.filter(([, value]) => value).map(([key, value]) => (
          <div key={key}><dt>{t(`intake.field.${key}`)}</dt><dd>{value}</dd></div>
        ))}
      </dl>
    </Panel>
  );
}
