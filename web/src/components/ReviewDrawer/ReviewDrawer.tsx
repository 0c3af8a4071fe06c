import { Drawer, Skeleton, Space } from "antd";
import { useTranslation } from "react-i18next";
import { useReview } from "../../api/reviews";
import type { Review } from "../../api/types";
import { CorrectButton } from "../Correction/CorrectButton";
import { LinkButton } from "../LinkButton/LinkButton";
import { OrderPanel } from "../OrderPanel/OrderPanel";
import { Panel } from "../Panel/Panel";
import { Reading } from "../Reading/Reading";
import { Deadlines } from "../Removal/Deadlines";
import { RemovalPanel } from "../Removal/RemovalPanel";
import { ReviewBody } from "../ReviewBody/ReviewBody";
import { Revisions } from "../Revisions/Revisions";
import { TagPicker } from "../Tags/TagPicker";
import { Trouble } from "../Trouble/Trouble";
import { WhyPanel } from "../WhyPanel/WhyPanel";
import { CaseStateName } from "../Words/CaseStateName";
import { Source } from "./Source";
import styles from "./ReviewDrawer.module.css";

interface Props {
  id: string | null;
  onClose: () => void;
}

/** One review in full, over the list it was opened from. */
export function ReviewDrawer({ id, onClose }: Props) {
  const { t } = useTranslation();
  const { data: review, error, refetch } = useReview(id);
  return (
    <Drawer
      open={id !== null}
      onClose={onClose}
      size="min(620px, 100vw)"
      mask={{ enabled: false }}
      title={review ? <span className={styles.title}>{review.shop.name}</span> : t("reviews.one")}
      extra={review?.case && <CaseLink review={review} />}
      styles={{ body: { padding: 0 }, header: { padding: "10px 16px" } }}
    >
      {error && <div className={styles.pad}><Trouble error={error} onRetry={() => void refetch()} /></div>}
      {!review && !error && <div className={styles.pad}><Skeleton active paragraph={{ rows: 10 }} /></div>}
      {review && (
        <Reading key={review.id}>
          <ReviewBody review={review} />
          <TagPicker review={review.id} tags={review.tags} />
          <Panel title={t("reviews.why")} extra={<CorrectButton review={review} />}><WhyPanel review={review} /></Panel>
          <Panel title={t("removal.title")}><RemovalPanel review={review} /></Panel>
          <Panel title={t("removal.deadlines")}><Deadlines review={review} /></Panel>
          <Panel title={t("reviews.order")}><OrderPanel review={review} /></Panel>
          {review.revisions.length > 1 && <Panel title={t("reviews.revisions")}><Revisions review={review} /></Panel>}
          <Panel title={t("reviews.source")}><Source review={review} /></Panel>
        </Reading>
      )}
    </Drawer>
  );
}

function CaseLink({ review }: { review: Review }) {
  const { t } = useTranslation();
  if (!review.case) return null;
  return (
    <Space>
      <CaseStateName state={review.case.state} />
      <LinkButton to={`/cases/${review.case.id}`} type="primary" size="small">{t("reviews.openCase", { number: review.case.number })}</LinkButton>
    </Space>
  );
}
