import { SendOutlined } from "@ant-design/icons";
import { Checkbox, Tabs } from "antd";
import { useTranslation } from "react-i18next";
import { useOutbox } from "../../api/outbox";
import type { Outgoing } from "../../api/types";
import { useAddress } from "../../components/Address/useAddress";
import { useTitle } from "../../components/Frame/useTitle";
import list from "../../components/List/List.module.css";
import { ListFoot } from "../../components/List/ListFoot";
import { ListSkeleton } from "../../components/List/ListSkeleton";
import { Teach } from "../../components/List/Teach";
import { OutgoingCard } from "../../components/Outbox/OutgoingCard";
import styles from "../../components/Tasks/Tasks.module.css";
import { Trouble } from "../../components/Trouble/Trouble";

const states: readonly Outgoing["state"][] = ["in_doubt", "queued", "refused", "sent", "withdrawn"];

/** What goes out of the desk, by how far it has come; what is in doubt first, as a person has to look. */
export function OutboxPage() {
  const { t } = useTranslation();
  useTitle(t("outbox.title"));
  const [params, set] = useAddress();
  const state = states.find((each) => each === params.get("state")) ?? "in_doubt";
  const mine = params.get("mine") === "true";
  const notices = params.get("notices") === "true";
  const found = useOutbox({ state, ...(mine ? { mine } : {}), ...(notices ? {} : { messages: true }) });
  const outgoing = found.data?.pages.flatMap((page) => page.outgoing) ?? [];
  const count = found.data?.pages[0]?.count ?? { value: 0, capped: false };
  if (found.error && !found.data) return <Trouble page error={found.error} onRetry={() => void found.refetch()} />;
  return (
    <div className={list.page}>
      <div className={list.head}>
        <h1>{t("outbox.title")}</h1>
        <span className={list.spread} />
        <Checkbox checked={notices} onChange={(event) => set("notices", event.target.checked ? "true" : null)}>{t("outbox.notices")}</Checkbox>
        <Checkbox checked={mine} onChange={(event) => set("mine", event.target.checked ? "true" : null)}>{t("outbox.mine")}</Checkbox>
      </div>
      <Tabs className={list.tabs} activeKey={state} onChange={(next) => set("state", next === "in_doubt" ? null : next)} items={states.map((key) => ({ key, label: t(`outbox.state.${key}`) }))} />
      {found.isPending && <ListSkeleton />}
      {found.data && outgoing.length === 0 && <Teach icon={<SendOutlined />} title={t(`outbox.none.${state}`)} text={t("outbox.teach")} />}
      {outgoing.length > 0 && (
        <>
          <ul className={styles.list} aria-label={t("outbox.title")}>
            {outgoing.map((each) => <OutgoingCard key={each.id} of={each} />)}
          </ul>
          <ListFoot shown={outgoing.length} count={count} hasMore={found.hasNextPage} loading={found.isFetchingNextPage} onMore={() => void found.fetchNextPage()} />
        </>
      )}
    </div>
  );
}
