import { CameraOutlined, LikeOutlined } from "@ant-design/icons";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import type { Review } from "../../api/types";
import { MarkedText } from "../MarkedText/MarkedText";
import { marksOf } from "../MarkedText/marks";
import { Media } from "../Media/Media";
import { useFocus } from "../Reading/focus";
import { When } from "../When/When";
import { Stars } from "../Words/Stars";
import styles from "./ReviewBody.module.css";

/** What the buyer wrote, with the words marked that the triage read something from. */
export function ReviewBody({ review }: { review: Review }) {
  const { t } = useTranslation();
  const { triage, product } = review;
  const { on } = useFocus();
  return (
    <article className={styles.review}>
      <div className={styles.head}>
        <Stars rating={review.rating} verdict={review.verdict} />
        {review.rating != null && review.verdict && <Stars verdict={review.verdict} />}
        <span className={styles.quiet}>{t(`object.${review.object}`)}</span>
        <span className={styles.quiet}>{review.buyer ?? t("reviews.unknownBuyer")}</span>
        <span className={styles.quiet}><When at={review.created_at} shop={review.shop.id} none="unknown" /></span>
        {review.photos > 0 && <span className={styles.quiet} title={t("reviews.photos", { count: review.photos })}><CameraOutlined /> {review.photos}</span>}
        {review.likes != null && review.likes > 0 && <span className={styles.quiet} title={t("reviews.likes", { count: review.likes })}><LikeOutlined /> {review.likes}</span>}
      </div>
      {review.title && <h3 className={styles.title}><MarkedText text={review.title} marks={marksOf(triage, "title", on)} focus={on} /></h3>}
      {review.text ? (
        <p className={styles.text} lang={review.language ?? undefined}><MarkedText text={review.text} marks={marksOf(triage, "text", on)} focus={on} /></p>
      ) : (
        <p className={styles.none}>{t("reviews.noText")}</p>
      )}
      <Media review={review} />
      {(product?.title ?? product?.key) && (
        <p className={styles.product} title={product?.title ?? undefined}>
          {product?.id ? <Link to={`/products/${product.id}`}>{product.title ?? product.key}</Link> : (product?.title ?? product?.key)}
        </p>
      )}
    </article>
  );
}
