import { MessageOutlined } from "@ant-design/icons";
import { Button, Select, Table } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { type ChatFilter, useChatReport, useWrongMessages } from "../../api/guard";
import { useShops } from "../../api/shops";
import type { ChatDay, WrongMessage } from "../../api/types";
import { busy } from "../../components/Busy/busy";
import styles from "../../components/Guard/Guard.module.css";
import { GuardedText } from "../../components/Guard/GuardedText";
import { inLanguage } from "../../components/Guard/said";
import { GuardSeverityName } from "../../components/Guard/Severity";
import { ListSkeleton } from "../../components/List/ListSkeleton";
import { Teach } from "../../components/List/Teach";
import { Panel } from "../../components/Panel/Panel";
import { Trouble } from "../../components/Trouble/Trouble";
import { When } from "../../components/When/When";
import { Conversation } from "./Conversation";

/** What was said in chats that were brought in: by agent and day, then each message with something wrong. */
export function ChatsPage() {
  const { t } = useTranslation();
  const { shops } = useShops();
  const [filter, setFilter] = useState<ChatFilter>({});
  const [open, setOpen] = useState<string | null>(null);
  const report = useChatReport(filter);
  if (report.error && !report.data) return <Trouble page error={report.error} onRetry={() => void report.refetch()} />;
  if (!report.data) return <ListSkeleton />;
  const isNarrow = filter.agent !== undefined || filter.from !== undefined;
  if (report.data.length === 0 && !isNarrow && !filter.shop) return <Teach icon={<MessageOutlined />} title={t("guard.noChats")} text={t("guard.noChatsNext")} />;
  const columns = [
    { title: t("guard.day"), dataIndex: "day" },
    { title: t("guard.agent"), dataIndex: "agent", render: (agent: string, row: ChatDay) => <Button type="link" size="small" style={{ paddingInline: 0 }} onClick={() => setFilter({ ...filter, shop: row.shop.id, agent, from: row.day, to: row.day })}>{agent || t("unknown")}</Button> },
    { title: t("cases.shop"), dataIndex: ["shop", "name"] },
    { title: t("guard.messages"), dataIndex: "messages", align: "right" as const },
    { title: t("guard.severity.block"), dataIndex: "blocked", align: "right" as const },
    { title: t("guard.severity.hold"), dataIndex: "held", align: "right" as const },
    { title: t("guard.severity.warn"), dataIndex: "warned", align: "right" as const },
  ];
  return (
    <div className={styles.chats}>
      <div className={styles.where}>
        <Select allowClear aria-label={t("cases.shop")} placeholder={t("top.allShops")} style={{ minWidth: 180 }} value={filter.shop} onChange={(shop?: string) => setFilter(shop ? { shop } : {})} options={shops.map(({ id, name }) => ({ value: id, label: name }))} />
        {isNarrow && <Button onClick={() => setFilter(filter.shop ? { shop: filter.shop } : {})}>{t("guard.allAgents")}</Button>}
      </div>
      <Table size="small" pagination={{ pageSize: 10, hideOnSinglePage: true, showSizeChanger: false }} rowKey={(row) => `${row.day} ${row.shop.id} ${row.agent}`} columns={columns} dataSource={report.data} aria-label={t("guard.report")} />
      <WrongMessages filter={filter} onOpen={setOpen} />
      <Conversation message={open} onClose={() => setOpen(null)} />
    </div>
  );
}

function WrongMessages({ filter, onOpen }: { filter: ChatFilter; onOpen: (id: string) => void }) {
  const { t } = useTranslation();
  const found = useWrongMessages(filter);
  const messages = found.data?.pages.flatMap((page) => page.messages) ?? [];
  return (
    <Panel title={t("guard.wrongMessages")}>
      <Trouble error={found.error} onRetry={() => void found.refetch()} />
      {found.data && messages.length === 0 && <p className={styles.quiet}>{t("guard.nothingWrong")}</p>}
      <ul className={`${styles.holds} ${styles.compact}`} aria-label={t("guard.wrongMessages")}>
        {messages.map((message) => <Wrong key={message.id} of={message} onOpen={onOpen} />)}
      </ul>
      {found.hasNextPage && <Button onClick={() => void found.fetchNextPage()} loading={busy(found.isFetchingNextPage)}>{t("action.more")}</Button>}
    </Panel>
  );
}

function Wrong({ of, onOpen }: { of: WrongMessage; onOpen: (id: string) => void }) {
  const { t, i18n } = useTranslation();
  return (
    <li className={styles.hold}>
      <div className={styles.top}>
        <b>{of.agent || t("unknown")}</b>
        <When at={of.at} shop={of.shop.id} />
        {of.order_number && <span>{t("tasks.order", { number: of.order_number })}</span>}
        {of.case && <Link to={`/cases/${of.case}`}>{t("guard.toCase")}</Link>}
        <span className={styles.spread} />
        <Button type="link" size="small" onClick={() => onOpen(of.id)}>{t("guard.conversation")}</Button>
      </div>
      <GuardedText text={of.text} findings={of.findings} />
      {of.findings.map((finding) => <p key={finding.rule} className={styles.line}><GuardSeverityName of={finding.severity} />{inLanguage(finding.why, i18n.language)} <span className={styles.quiet}>{finding.rule} · {finding.sources.join(", ")}</span></p>)}
    </li>
  );
}
