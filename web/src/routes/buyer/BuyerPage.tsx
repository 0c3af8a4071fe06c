import { useTranslation } from "react-i18next";
import { Link, useParams } from "react-router";
import { useThing } from "../../api/things";
import type { BuyerDetail } from "../../api/types";
import { BuyerNotes } from "../../components/Buyer/BuyerNotes";
import { Contact } from "../../components/Buyer/Contact";
import styles from "../../components/Detail/Detail.module.css";
import { DetailPage } from "../../components/Detail/DetailPage";
import { CaseLines, OrderLines, ReviewLines } from "../../components/Detail/Rows";
import { NewCaseLink } from "../../components/Matter/NewCaseLink";
import { Panel } from "../../components/Panel/Panel";
import { When } from "../../components/When/When";
import { formatMoney, formatNumber } from "../../format/number";
import { backTo } from "../backTo";

/** A buyer, masked: what he bought, what he wrote, how he was reached, what he was paid, what we noted. */
export function BuyerPage() {
  const { id = "" } = useParams();
  const { t } = useTranslation();
  const { data: found, error, refetch } = useThing("buyers", id);
  return (
    <DetailPage
      title={found ? (found.nick ?? found.name ?? t("reviews.unknownBuyer")) : t("page.buyer")}
      back={backTo("buyers")}
      ready={found !== undefined}
      error={error}
      onRetry={() => void refetch()}
      facts={found && <span>{found.shop.name} · {t(`platform.${found.shop.platform}`)}</span>}
      left={found && (
        <>
          <Panel title={t("things.ordersOf")}><OrderLines orders={found.orders} /></Panel>
          <Panel title={t("reviews.title")}><ReviewLines reviews={found.reviews} list={`buyer=${found.id}&`} /></Panel>
          <Panel title={t("cases.title")} extra={<NewCaseLink shop={found.shop.id} buyer={found.id} nick={found.nick} />}><CaseLines cases={found.cases} /></Panel>
        </>
      )}
      right={found && (
        <>
          <Panel title={t("things.contactOf")}><Contact buyer={found} /></Panel>
          <Panel title={t("things.reached")}>{found.opted_out_at && <p><b>{t("casework.optOut")}</b> · <When at={found.opted_out_at} shop={found.shop.id} /></p>}<Reached of={found} /></Panel>
          <Panel title={t("things.payouts")}><Payouts of={found} /></Panel>
          <Panel title={t("things.notes")}><BuyerNotes buyer={found.id} notes={found.notes} shop={found.shop.id} /></Panel>
        </>
      )}
    />
  );
}

function Reached({ of }: { of: BuyerDetail }) {
  const { t, i18n } = useTranslation();
  const { chats, calls, last_at } = of.contacts;
  if (chats === 0 && calls === 0) return <p className={styles.quiet}>{t("things.notReached")}</p>;
  return (
    <p className={styles.quiet}>
      {t("things.reachedBy", { chats: formatNumber(chats, i18n.language), calls: formatNumber(calls, i18n.language) })} · {t("things.reachedLast")} <When at={last_at} shop={of.shop.id} none="unknown" />
    </p>
  );
}

function Payouts({ of }: { of: BuyerDetail }) {
  const { t, i18n } = useTranslation();
  if (of.payouts.length === 0) return <p className={styles.quiet}>{t("things.noPayouts")}</p>;
  return (
    <ul className={styles.rows} aria-label={t("things.payouts")}>
      {of.payouts.map((each, index) => (
        <li key={`${each.at}${index}`}>
          <span>{each.kind ? t(`afterSaleKind.${each.kind}`) : t("unknown")} {formatMoney(each.amount, i18n.language)}</span>
          <span className={styles.under}>
            {each.order_number && <Link to={`/orders?q=${encodeURIComponent(each.order_number)}`}>{each.order_number}</Link>}
            <When at={each.at} shop={of.shop.id} />
          </span>
        </li>
      ))}
    </ul>
  );
}
