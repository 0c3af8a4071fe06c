import { ArrowLeftOutlined } from "@ant-design/icons";
import { Skeleton } from "antd";
import { useTranslation } from "react-i18next";
import { useNavigate, useParams } from "react-router";
import { useCase } from "../../api/cases";
import type { Case } from "../../api/types";
import { Composer } from "../../components/Composer/Composer";
import { asLeft } from "../../components/Frame/useScroll";
import { useTitle } from "../../components/Frame/useTitle";
import { Holds } from "../../components/Guard/Holds";
import { useKeys } from "../../components/Keys/useKeys";
import { CorrectButton } from "../../components/Correction/CorrectButton";
import { LinkButton } from "../../components/LinkButton/LinkButton";
import { OrderPanel } from "../../components/OrderPanel/OrderPanel";
import { KindName } from "../../components/Matter/KindName";
import { MatterBody } from "../../components/Matter/MatterBody";
import { Panel } from "../../components/Panel/Panel";
import { Presence } from "../../components/Presence/Presence";
import { Reading } from "../../components/Reading/Reading";
import { RemovalPanel } from "../../components/Removal/RemovalPanel";
import { ReviewBody } from "../../components/ReviewBody/ReviewBody";
import { Records } from "../../components/Records/Records";
import { Revisions } from "../../components/Revisions/Revisions";
import { TagPicker } from "../../components/Tags/TagPicker";
import { Trouble } from "../../components/Trouble/Trouble";
import { WhyPanel } from "../../components/WhyPanel/WhyPanel";
import { CaseStateName } from "../../components/Words/CaseStateName";
import { Severity } from "../../components/Words/Severity";
import { backTo } from "../backTo";
import styles from "./CasePage.module.css";
import { CaseOutbox } from "./CaseOutbox";
import { CaseTasks } from "./CaseTasks";
import { Facts } from "./Facts";
import { MacroButton } from "./MacroButton";
import { NoteForm } from "./NoteForm";
import { Owner } from "./Owner";
import { AfterSales } from "./plan/AfterSales";
import { Clocks } from "./plan/Clocks";
import { Contacts } from "./plan/Contacts";
import { Compensation } from "./plan/Compensation";
import { Deadlines } from "./plan/Deadlines";
import { FactsStated } from "./plan/FactsStated";
import { Incentive } from "./plan/Incentive";
import { Moves } from "./plan/Moves";
import { NextStep } from "./plan/NextStep";
import { Promises } from "./plan/Promises";
import { Steps } from "./plan/Steps";
import { Reason } from "./Reason";
import { Timeline } from "./Timeline";
import { Watch } from "./Watch";

/** One case: what happened on the left, what to do in the middle, what was done on the right. */
export function CasePage() {
  const { id = "" } = useParams();
  const { t } = useTranslation();
  const go = useNavigate();
  const { data: found, error, refetch } = useCase(id);
  useTitle(found ? t("page.case", { number: found.number }) : t("page.cases"));
  useKeys({ Escape: () => void go(backTo("cases"), { state: asLeft }) });
  if (error && !found) return <Trouble page error={error} onRetry={() => void refetch()} />;
  if (!found) return <CaseSkeleton />;
  return (
    <div className={styles.page}>
      <header className={styles.head}>
        <LinkButton to={backTo("cases")} state={asLeft} type="text" icon={<ArrowLeftOutlined />} aria-label={t("cases.back")} />
        <h1>{t("cases.number", { number: found.number })}</h1>
        <KindName kind={found.kind} />
        <CaseStateName state={found.state} />
        <Severity value={found.severity} />
        <span className={styles.shop}>{found.shop.name} · {t(`platform.${found.shop.platform}`)}</span>
        <MacroButton id={found.id} />
        <Watch id={found.id} />
        <Presence caseId={found.id} />
      </header>
      <Reading key={found.id}><Columns found={found} /></Reading>
    </div>
  );
}

function Columns({ found }: { found: Case }) {
  const { t } = useTranslation();
  const { review } = found;
  return (
    <div className={styles.columns}>
      <div className={styles.column}>
        {review ? <><ReviewBody review={review} /><TagPicker review={review.id} tags={review.tags} /></> : <MatterBody found={found} />}
        {review && <Panel title={t("cases.order")}><OrderPanel review={review} /></Panel>}
        <Records of={found} />
        {review && review.revisions.length > 1 && <Panel title={t("cases.revisions")}><Revisions review={review} /></Panel>}
      </div>
      <div className={styles.column}>
        <Panel title={t("casework.next")}><NextStep found={found} /><Moves found={found} /></Panel>
        <Panel title={t("cases.now")}><Owner found={found} /></Panel>
        <Panel title={t("casework.steps")}><Steps found={found} /></Panel>
        <Contacts found={found} />
        <Promises found={found} />
        <Panel title={t("casework.facts")}><FactsStated found={found} /></Panel>
        <Panel title={t("casework.aftersales")}><AfterSales found={found} /></Panel>
        <Compensation found={found} />
        <Incentive found={found} />
        <Panel title={t("cases.message")}><Composer id={found.id} shop={found.shop.id} /></Panel>
        <Panel title={t("cases.note")}><NoteForm id={found.id} /></Panel>
        <CaseOutbox found={found} />
        <Holds of={{ case: found.id }} isOnCase />
        <CaseTasks found={found} />
        {review && <Panel title={t("removal.title")}><RemovalPanel review={review} /></Panel>}
        <Panel title={t("cases.known")}><Reason found={found} /></Panel>
        {review && <Panel title={t("cases.why")} extra={<CorrectButton review={review} />}><WhyPanel review={review} /></Panel>}
      </div>
      <div className={styles.column}>
        <Panel title={t("cases.facts")}><Facts found={found} /></Panel>
        <Panel title={t("clocks.ofCase")}><Clocks found={found} /></Panel>
        <Panel title={t("casework.deadlines")}><Deadlines found={found} /></Panel>
        <Panel title={t("cases.timeline")}><Timeline found={found} /></Panel>
      </div>
    </div>
  );
}

function CaseSkeleton() {
  return (
    <div className={styles.page} aria-busy="true">
      <div className={styles.columns}>
        {[9, 6, 4].map((rows) => (
          <div key={rows} className={`${styles.column} ${styles.pad}`}><Skeleton active paragraph={{ rows }} /></div>
        ))}
      </div>
    </div>
  );
}
