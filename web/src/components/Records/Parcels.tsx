import { Button, Tag } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Shipment } from "../../api/types";
import { When } from "../When/When";
import styles from "./Records.module.css";

export function Parcels({ shipments, shop }: { shipments: Shipment[]; shop: string }) {
  return <ul className={styles.list}>{shipments.map((each) => <Parcel key={each.id} of={each} shop={shop} />)}</ul>;
}

/** A parcel with the last thing that was heard of it; the rest on demand. */
function Parcel({ of, shop }: { of: Shipment; shop: string }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  // The newest on top: that is what somebody asks for.
  const traces = [...of.traces].reverse();
  const shown = open ? traces : traces.slice(0, 1);
  return (
    <li>
      <p className={styles.head}>
        <span>{[of.carrier, of.tracking_number].filter(Boolean).join(" ")}</span>
        {of.state && <Tag variant="filled" color={of.state === "failed" || of.state === "returning" ? "warning" : undefined}>{t(`shipmentState.${of.state}`)}</Tag>}
        {of.shipped && <span className={styles.quiet}>{t("records.shippedAt")} <When at={of.shipped} shop={shop} /></span>}
        {of.delivered && <span className={styles.quiet}>{t("records.deliveredAt")} <When at={of.delivered} shop={shop} /></span>}
      </p>
      {traces.length === 0 && <p className={styles.quiet}>{t("records.noTraces")}</p>}
      <ol className={styles.traces}>
        {shown.map((trace, index) => (
          <li key={`${trace.at}${index}`} className={index === 0 ? styles.latest : undefined}>
            <span>{trace.text}</span> <span className={styles.quiet}><When at={trace.at} shop={shop} /></span>
          </li>
        ))}
      </ol>
      {traces.length > 1 && (
        <Button type="link" size="small" className={styles.toggle} aria-expanded={open} onClick={() => setOpen(!open)}>
          {open ? t("records.hideTraces") : t("records.showTraces", { count: traces.length })}
        </Button>
      )}
    </li>
  );
}
