import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import type { Review } from "../../api/types";
import { When } from "../When/When";
import styles from "./ReviewDrawer.module.css";

/** Where the review came from: platform, file and line. */
export function Source({ review }: { review: Review }) {
  const { t } = useTranslation();
  return (
    <dl className={styles.facts}>
      <dt>{t("reviews.file")}</dt>
      <dd>
        {review.source ? (
          <Link to={`/imports/${review.source.import_id}`}>
            {t("reviews.fileLine", { file: review.source.file_name, line: review.source.line })}
          </Link>
        ) : (
          t("reviews.generated")
        )}
      </dd>
      <dt>{t("reviews.imported")}</dt>
      <dd><When at={review.imported_at} shop={review.shop.id} /></dd>
      <dt>{t("reviews.platform")}</dt>
      <dd>{t(`platform.${review.shop.platform}`)} · {t("reviews.platformId")} {review.platform_review_id ?? t("unknown")}</dd>
    </dl>
  );
}
