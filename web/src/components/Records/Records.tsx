import { Skeleton } from "antd";
import { useTranslation } from "react-i18next";
import { useCaseRecords } from "../../api/records";
import type { Case } from "../../api/types";
import { Chat } from "../Chat/Chat";
import { Panel } from "../Panel/Panel";
import { Trouble } from "../Trouble/Trouble";
import { AfterSales } from "./AfterSales";
import { Calls } from "./Calls";
import { Parcels } from "./Parcels";

/** What is known beside the review and its order; a kind of which nothing is known takes no room, but for the chat. */
export function Records({ of }: { of: Case }) {
  const { t } = useTranslation();
  const { data, error, refetch } = useCaseRecords(of.id);
  if (!data) {
    return (
      <Panel title={t("records.chat")}>
        {error ? <Trouble error={error} onRetry={() => void refetch()} /> : <Skeleton active paragraph={{ rows: 4 }} />}
      </Panel>
    );
  }
  const shop = of.shop.id;
  return (
    <>
      {data.shipments.length > 0 && <Panel title={t("records.parcels")}><Parcels shipments={data.shipments} shop={shop} /></Panel>}
      <Panel title={t("records.chat")}><Chat messages={data.messages} more={data.messages_more} shop={shop} order={of.review.order_number} /></Panel>
      {data.after_sales.length > 0 && <Panel title={t("records.afterSales")}><AfterSales afterSales={data.after_sales} shop={shop} /></Panel>}
      {data.calls.length > 0 && <Panel title={t("records.calls")}><Calls calls={data.calls} shop={shop} /></Panel>}
    </>
  );
}
