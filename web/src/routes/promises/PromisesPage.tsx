import { CheckCircleOutlined } from "@ant-design/icons";
import { Checkbox, Tabs } from "antd";
import { useTranslation } from "react-i18next";
import { usePromises } from "../../api/promises";
import type { Promised } from "../../api/types";
import { useAddress } from "../../components/Address/useAddress";
import { ChangedBar } from "../../components/Changed/ChangedBar";
import { useTitle } from "../../components/Frame/useTitle";
import list from "../../components/List/List.module.css";
import { ListFoot } from "../../components/List/ListFoot";
import { ListSkeleton } from "../../components/List/ListSkeleton";
import { Teach } from "../../components/List/Teach";
import { PromiseCard } from "../../components/Promises/PromiseCard";
import styles from "../../components/Tasks/Tasks.module.css";
import { Trouble } from "../../components/Trouble/Trouble";

const states: readonly Promised["state"][] = ["open", "broken", "kept", "withdrawn"];

/** What buyers were promised, those due first first. */
export function PromisesPage() {
  const { t } = useTranslation();
  useTitle(t("promises.title"));
  const [params, set] = useAddress();
  const state = states.find((each) => each === params.get("state")) ?? "open";
  const mine = params.get("mine") === "true";
  const found = usePromises(mine ? { state, mine } : { state });
  const promises = found.data?.pages.flatMap((page) => page.promises) ?? [];
  const count = found.data?.pages[0]?.count ?? { value: 0, capped: false };
  if (found.error && !found.data) return <Trouble page error={found.error} onRetry={() => void found.refetch()} />;
  return (
    <div className={list.page}>
      <div className={list.head}>
        <h1>{t("promises.title")}</h1>
        <span className={list.spread} />
        <Checkbox checked={mine} onChange={(event) => set("mine", event.target.checked ? "true" : null)}>{t("promises.mine")}</Checkbox>
      </div>
      <Tabs className={list.tabs} activeKey={state} onChange={(next) => set("state", next === "open" ? null : next)} items={states.map((key) => ({ key, label: t(`promises.state.${key}`) }))} />
      <ChangedBar of="cases" text={t("promises.changed")} onShow={found.refetch} />
      {found.isPending && <ListSkeleton />}
      {found.data && promises.length === 0 && <Teach icon={<CheckCircleOutlined />} title={t(`promises.none.${state}`)} text={t("promises.teach")} />}
      {promises.length > 0 && (
        <>
          <ul className={styles.list} aria-label={t("promises.title")}>
            {promises.map((promise) => <PromiseCard key={promise.id} promise={promise} />)}
          </ul>
          <ListFoot shown={promises.length} count={count} hasMore={found.hasNextPage} loading={found.isFetchingNextPage} onMore={() => void found.fetchNextPage()} />
        </>
      )}
    </div>
  );
}
