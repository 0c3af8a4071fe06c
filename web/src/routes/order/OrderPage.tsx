import { Tag } from "antd";
import { useTranslation } from "react-i18next";
import { useParams } from "react-router";
import { useThing } from "../../api/things";
import { DetailPage } from "../../components/Detail/DetailPage";
import { CaseLines, ReviewLines } from "../../components/Detail/Rows";
import { NewCaseLink } from "../../components/Matter/NewCaseLink";
import { OrderFacts } from "../../components/OrderPanel/OrderFacts";
import { Panel } from "../../components/Panel/Panel";
import { RecordPanels } from "../../components/Records/RecordPanels";
import { backTo } from "../backTo";

/** An order: its way and lines, what was written of it, and what else is known. */
export function OrderPage() {
  const { id = "" } = useParams();
  const { t } = useTranslation();
  const { data: found, error, refetch } = useThing("orders", id);
  return (
    <DetailPage
      title={found ? t("things.orderTitle", { number: found.number }) : t("page.order")}
      back={backTo("orders")}
      ready={found !== undefined}
      error={error}
      onRetry={() => void refetch()}
      facts={found && (
        <>
          {found.state && <Tag variant="filled">{t(`orderState.${found.state}`)}</Tag>}
          <span>{found.shop.name} · {t(`platform.${found.shop.platform}`)}</span>
        </>
      )}
      left={found && (
        <>
          <Panel title={t("reviews.order")}><OrderFacts order={found} shop={found.shop.id} /></Panel>
          <Panel title={t("reviews.title")}><ReviewLines reviews={found.reviews} list={`order=${encodeURIComponent(found.number)}&`} /></Panel>
          <Panel title={t("cases.title")} extra={<NewCaseLink shop={found.shop.id} order={found.number} />}><CaseLines cases={found.cases} /></Panel>
        </>
      )}
      right={found && <RecordPanels records={found.records} shop={found.shop.id} order={found.number} />}
    />
  );
}
