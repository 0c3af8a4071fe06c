import { SwapOutlined } from "@ant-design/icons";
import { Button, Tabs } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { type HandoverFilter, useHandovers } from "../../api/handovers";
import { useMay } from "../../api/session";
import { useAddress } from "../../components/Address/useAddress";
import { useTitle } from "../../components/Frame/useTitle";
import list from "../../components/List/List.module.css";
import { ListSkeleton } from "../../components/List/ListSkeleton";
import { Teach } from "../../components/List/Teach";
import tasks from "../../components/Tasks/Tasks.module.css";
import { Trouble } from "../../components/Trouble/Trouble";
import { HandoverCard } from "./HandoverCard";
import { WatchList } from "./WatchList";
import { WriteHandover } from "./WriteHandover";

const tabs = ["offered", "all", "watched"] as const;

/** 交接班: what waits for me to take, what was handed over, and what I keep an eye on. */
export function HandoverPage() {
  const { t } = useTranslation();
  useTitle(t("handover.title"));
  const may = useMay("case.handle");
  const [params, set] = useAddress();
  const [writing, setWriting] = useState(false);
  const tab = tabs.find((each) => each === params.get("tab")) ?? "offered";
  return (
    <div className={list.page}>
      <div className={list.head}>
        <h1>{t("handover.title")}</h1>
        <span className={list.spread} />
        {may && !writing && <Button type="primary" onClick={() => setWriting(true)}>{t("handover.write")}</Button>}
      </div>
      {writing && <WriteHandover onDone={() => setWriting(false)} />}
      <Tabs className={list.tabs} activeKey={tab} onChange={(key) => set("tab", key === "offered" ? null : key)} items={tabs.map((key) => ({ key, label: t(`handover.tab.${key}`) }))} />
      {tab === "watched" ? <WatchList /> : <Handovers filter={tab === "offered" ? { state: "open", offered: true } : {}} none={t(`handover.none.${tab}`)} />}
    </div>
  );
}

function Handovers({ filter, none }: { filter: HandoverFilter; none: string }) {
  const { t } = useTranslation();
  const found = useHandovers(filter);
  const rows = found.data?.pages.flatMap((page) => page.handovers) ?? [];
  if (found.error && !found.data) return <Trouble error={found.error} onRetry={() => void found.refetch()} />;
  if (found.isPending) return <ListSkeleton />;
  if (rows.length === 0) return <Teach icon={<SwapOutlined />} title={none} text={t("handover.teach")} />;
  return (
    <>
      <ul className={tasks.list} aria-label={t("handover.title")}>
        {rows.map((handover) => <HandoverCard key={handover.id} handover={handover} />)}
      </ul>
      {found.hasNextPage && <Button loading={found.isFetchingNextPage} onClick={() => void found.fetchNextPage()}>{t("handover.more")}</Button>}
    </>
  );
}
