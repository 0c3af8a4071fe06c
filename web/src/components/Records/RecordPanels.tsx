import { useTranslation } from "react-i18next";
import type { CaseRecords } from "../../api/types";
import { Chat } from "../Chat/Chat";
import { Panel } from "../Panel/Panel";
import { AfterSales } from "./AfterSales";
import { Calls } from "./Calls";
import { Parcels } from "./Parcels";

/** Parcels, chat, after-sales and calls; a kind of which nothing is known takes no room, but for the chat. */
export function RecordPanels({ records, shop, order }: { records: CaseRecords; shop: string; order: string | null }) {
  const { t } = useTranslation();
  return (
    <>
      {records.shipments.length > 0 && <Panel title={t("records.parcels")}><Parcels shipments={records.shipments} shop={shop} /></Panel>}
      <Panel title={t("records.chat")}><Chat messages={records.messages} more={records.messages_more} shop={shop} order={order} /></Panel>
      {records.after_sales.length > 0 && <Panel title={t("records.afterSales")}><AfterSales afterSales={records.after_sales} shop={shop} /></Panel>}
      {records.calls.length > 0 && <Panel title={t("records.calls")}><Calls calls={records.calls} shop={shop} /></Panel>}
    </>
  );
}
