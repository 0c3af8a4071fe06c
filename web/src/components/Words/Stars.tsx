import { StarFilled } from "@ant-design/icons";
import { useTranslation } from "react-i18next";
import type { Verdict } from "../../api/types";
import styles from "./Words.module.css";

/** Stars as stars; on platforms without stars the verdict as a word. */
export function Stars({ rating, verdict, compact }: { rating?: number | null; verdict?: Verdict | null; compact?: boolean }) {
  const { t } = useTranslation();
  if (rating === null || rating === undefined) {
    return verdict ? <span className={`${styles.verdict} ${styles[verdict]}`}>{t(`verdict.${verdict}`)}</span> : null;
  }
  const name = t("stars", { count: rating });
  if (compact) {
    return (
      <span className={styles.stars} role="img" aria-label={name} title={name}>
        <span className={rating <= 3 ? styles.fewNumber : styles.number}>{rating}</span>
        <StarFilled className={styles.full} />
      </span>
    );
  }
  return (
    <span className={styles.stars} role="img" aria-label={name} title={name}>
      {[1, 2, 3, 4, 5].map((star) => (
        <StarFilled key={star} className={star <= rating ? styles.full : styles.empty} />
      ))}
    </span>
  );
}
