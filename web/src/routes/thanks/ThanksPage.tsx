import { DownloadOutlined } from "@ant-design/icons";
import { Button, Select, Tabs } from "antd";
import { useTranslation } from "react-i18next";
import { useMay } from "../../api/session";
import { useShops } from "../../api/shops";
import { useAddress } from "../../components/Address/useAddress";
import { useTitle } from "../../components/Frame/useTitle";
import list from "../../components/List/List.module.css";
import { Coverage } from "./Coverage";
import { Waiting } from "./Waiting";
import { WrittenList } from "./WrittenList";

const tabs = ["waiting", "complains", "written"] as const;

/** 好评回复: good reviews that wait for an answer, those that hide a complaint, and what was answered. */
export function ThanksPage() {
  const { t } = useTranslation();
  useTitle(t("thanks.title"));
  const [params, set] = useAddress();
  const { shops } = useShops();
  const mayExport = useMay("list.export");
  const tab = tabs.find((each) => each === params.get("tab")) ?? "waiting";
  const shop = params.get("shop");
  return (
    <div className={list.page}>
      <div className={list.head}>
        <h1>{t("thanks.title")}</h1>
        <span className={list.spread} />
        {shops.length > 1 && <Select allowClear style={{ minWidth: 160 }} aria-label={t("thanks.shop")} placeholder={t("top.allShops")} value={shop} onChange={(id: string | undefined) => set("shop", id ?? null)} options={shops.map(({ id, name }) => ({ value: id, label: name }))} />}
        {tab === "written" && mayExport && <Button icon={<DownloadOutlined />} href={`/api/v1/thanks/export?format=csv${shop ? `&shop=${shop}` : ""}`} download>{t("list.export")}</Button>}
      </div>
      <Coverage shop={shop} />
      <Tabs className={list.tabs} activeKey={tab} onChange={(key) => set("tab", key === "waiting" ? null : key)} items={tabs.map((key) => ({ key, label: t(`thanks.tab.${key}`) }))} />
      {tab === "written" ? <WrittenList shop={shop} /> : <Waiting key={tab} shop={shop} complains={tab === "complains"} />}
    </div>
  );
}
