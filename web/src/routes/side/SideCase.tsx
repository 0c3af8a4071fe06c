import { ArrowLeftOutlined, ExportOutlined } from "@ant-design/icons";
import { Button, Skeleton } from "antd";
import { useTranslation } from "react-i18next";
import { useCase } from "../../api/cases";
import { Composer } from "../../components/Composer/Composer";
import { MatterBody } from "../../components/Matter/MatterBody";
import { OrderPanel } from "../../components/OrderPanel/OrderPanel";
import { Panel } from "../../components/Panel/Panel";
import { ReviewBody } from "../../components/ReviewBody/ReviewBody";
import { TagPicker } from "../../components/Tags/TagPicker";
import { Trouble } from "../../components/Trouble/Trouble";
import { CaseStateName } from "../../components/Words/CaseStateName";
import { Severity } from "../../components/Words/Severity";
import { NoteForm } from "../case/NoteForm";
import { Owner } from "../case/Owner";
import { Contacts } from "../case/plan/Contacts";
import { NextStep } from "../case/plan/NextStep";
import { Reason } from "../case/Reason";
import styles from "./Side.module.css";

/** A case in a narrow window: why it needs somebody, who has it, what was written, the order. */
export function SideCase({ id, onBack }: { id: string; onBack?: () => void }) {
  const { t } = useTranslation();
  const { data: found, error, refetch } = useCase(id);
  if (error && !found) return <Trouble error={error} onRetry={() => void refetch()} />;
  if (!found) return <Skeleton active paragraph={{ rows: 8 }} />;
  return (
    <article className={styles.case} key={found.id}>
      <header className={styles.caseHead}>
        {onBack && <Button type="text" size="small" icon={<ArrowLeftOutlined />} aria-label={t("cases.back")} onClick={onBack} />}
        <h2>{t("cases.number", { number: found.number })}</h2>
        <CaseStateName state={found.state} />
        <Severity value={found.severity} />
        <a href={`/cases/${found.id}`} target="_blank" rel="noreferrer" title={t("side.openWide")} aria-label={t("side.openWide")}><ExportOutlined /></a>
      </header>
      <Panel title={t("casework.next")}><NextStep found={found} /></Panel>
      <Panel title={t("cases.message")}><Composer id={found.id} shop={found.shop.id} /></Panel>
      <Contacts found={found} />
      <Panel title={t("cases.known")}><Reason found={found} /></Panel>
      <Panel title={t("cases.now")}><Owner found={found} /></Panel>
      {found.review
        ? (
          <>
            <Panel title={t("reviews.one")}>
              <div className={styles.review}><ReviewBody review={found.review} /><TagPicker review={found.review.id} tags={found.review.tags} /></div>
            </Panel>
            <Panel title={t("cases.order")}><OrderPanel review={found.review} /></Panel>
          </>
        )
        : <MatterBody found={found} />}
      <Panel title={t("cases.note")}><NoteForm id={found.id} /></Panel>
    </article>
  );
}
