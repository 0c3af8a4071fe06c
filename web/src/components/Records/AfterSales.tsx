import { Tag } from "antd";
import { useTranslation } from "react-i18next";
import type { AfterSale } from "../../api/types";
import { formatMoney, formatNumber } from "../../format/number";
import { OpenFromRecord } from "../Matter/OpenFromRecord";
import { When } from "../When/When";
import styles from "./Records.module.css";

const colours: Partial<Record<string, string>> = { done: "success", disputed: "error", requested: "warning" };

/** Refunds, returns and exchanges of the order. */
export function AfterSales({ afterSales, shop }: { afterSales: AfterSale[]; shop: string }) {
  const { t, i18n } = useTranslation();
  return (
    <ul className={styles.list}>
      {afterSales.map((of) => (
        <li key={of.id}>
          <p className={styles.head}>
            <span>{of.kind ? t(`afterSaleKind.${of.kind}`) : t("unknown")} {of.amount && formatMoney(of.amount, i18n.language)}</span>
            {of.state && <Tag variant="filled" color={colours[of.state]}>{t(`afterSaleState.${of.state}`)}</Tag>}
            {of.requested && <span className={styles.quiet}>{t("records.requested")} <When at={of.requested} shop={shop} /></span>}
            {of.resolved && <span className={styles.quiet}>{t("records.resolved")} <When at={of.resolved} shop={shop} /></span>}
            <OpenFromRecord record={of.id} shop={shop} />
          </p>
          {(of.reason ?? of.explanation) && <p className={styles.said}>{[of.reason, of.explanation].filter(Boolean).join(" · ")}</p>}
          <p className={styles.quiet}>
            {[
              of.product_title && `${of.product_title} × ${formatNumber(of.quantity, i18n.language)}`,
              of.disposition,
              of.tracking_number && t("records.returned", { number: of.tracking_number }),
              of.platform_id,
            ].filter(Boolean).join(" · ")}
          </p>
        </li>
      ))}
    </ul>
  );
}
