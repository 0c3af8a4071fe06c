import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Link, type To } from "react-router";
import type { ReviewRow } from "../../api/types";
import { excerpt } from "../../format/excerpt";
import { TagNames } from "../Tags/TagName";
import { CauseNames } from "../Words/CauseName";
import { Severity } from "../Words/Severity";
import { Stars } from "../Words/Stars";
import { When } from "../When/When";
import styles from "./List.module.css";

/** The first cell of a list: what a person would say, "1★ 穿了两天就开线…". On a phone it holds the rest of the row. */
export function Said({ review, to, under, state }: { review: ReviewRow; to: To; under?: string | null; state?: ReactNode }) {
  const { t } = useTranslation();
  const words = [review.title, review.text].filter(Boolean).join(" · ");
  return (
    <>
      <Link className={styles.said} to={to}>
        <Stars rating={review.rating} verdict={review.verdict} compact />
        {review.object === "followup" && <span className={styles.kind}>{t("object.followup")}</span>}
        <span className={styles.words} lang={review.language ?? undefined}>{words ? excerpt(words, 160) : t("reviews.noText")}</span>
      </Link>
      {under && <span className={styles.under} title={under}>{under}</span>}
      {(review.gone_at || (review.tags && review.tags.length > 0)) && (
        <span className={styles.marks}>
          {review.gone_at && <span className={styles.kind}>{t("reviews.gone")}</span>}
          <TagNames tags={review.tags} most={3} />
        </span>
      )}
      <span className={styles.narrow}>
        <Severity value={review.severity} />
        {state}
        <CauseNames causes={review.causes} primary={review.primary_cause} most={2} />
        <span>{review.shop.name}</span>
        <When at={review.created_at} shop={review.shop.id} none="unknown" />
      </span>
    </>
  );
}
