import { HistoryOutlined } from "@ant-design/icons";
import { Skeleton } from "antd";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { useSearchParams } from "react-router";
import { useAudit } from "../../../api/audit";
import { useMay } from "../../../api/session";
import { Teach } from "../../../components/List/Teach";
import { Trouble } from "../../../components/Trouble/Trouble";
import { Card, SectionPage } from "../SectionPage";
import { AuditExport } from "./AuditExport";
import { AuditFilters } from "./AuditFilters";
import { AuditTable } from "./AuditTable";
import { ChainCheck } from "./ChainCheck";
import { auditFilterOf } from "./filter";

/** Who did what and when; nobody can change it unseen. */
export function AuditPage() {
  const { t } = useTranslation();
  const may = useMay("audit.read");
  const [params] = useSearchParams();
  const filter = useMemo(() => auditFilterOf(params), [params]);
  return (
    <SectionPage of="audit" extra={<><ChainCheck /><AuditExport filter={filter} /></>}>
      {may && <Entries filter={filter} empty={t("audit.none")} />}
    </SectionPage>
  );
}

function Entries({ filter, empty }: { filter: ReturnType<typeof auditFilterOf>; empty: string }) {
  const { t } = useTranslation();
  const list = useAudit(filter);
  const entries = useMemo(() => list.data?.pages.flatMap((page) => page.entries) ?? [], [list.data]);
  return (
    <>
      <AuditFilters />
      <Trouble error={list.error} onRetry={() => void list.refetch()} />
      {list.isPending && <Skeleton active paragraph={{ rows: 8 }} />}
      {list.data && entries.length === 0 && <Teach icon={<HistoryOutlined />} title={empty} text={t("audit.noneNext")} />}
      {entries.length > 0 && (
        <Card><AuditTable entries={entries} hasMore={list.hasNextPage} loading={list.isFetchingNextPage} onMore={() => void list.fetchNextPage()} /></Card>
      )}
    </>
  );
}
