import { Skeleton } from "antd";
import { useTranslation } from "react-i18next";
import { useCaseRecords } from "../../api/records";
import type { Case } from "../../api/types";
import { orderNumberOf } from "../Matter/words";
import { Panel } from "../Panel/Panel";
import { Trouble } from "../Trouble/Trouble";
import { RecordPanels } from "./RecordPanels";

/** What is known beside the review and its order. */
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
  return <RecordPanels records={data} shop={of.shop.id} order={orderNumberOf(of)} />;
}
