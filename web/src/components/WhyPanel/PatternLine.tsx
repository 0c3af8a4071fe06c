import { useTranslation } from "react-i18next";
import { Link, useLocation, useSearchParams } from "react-router";
import type { Review } from "../../api/types";
import { withFilter } from "../../filter/filter";
import { When } from "../When/When";
import { Stars } from "../Words/Stars";
import { Opened } from "./Opened";
import { useLocal } from "./useLocal";
import styles from "./WhyPanel.module.css";

/** What several reviews show together: why, and on a click the others with a way to each. */
export function PatternLine({ review, pattern }: { review: Review; pattern: Review["patterns"][number] }) {
  const { t } = useTranslation();
  const local = useLocal();
  const { pathname } = useLocation();
  const [params] = useSearchParams();
  // Within the list its filter stays.
  const addressOf = (id: string) => (pathname === "/reviews" ? { search: withFilter(params, "review", id).toString() } : `/reviews?review=${id}`);
  const more = pattern.others - pattern.reviews.length;
  return (
    <Opened
      meaning={`pattern.${pattern.code}`}
      head={<span className={styles.signal}>{t(`pattern.${pattern.code}`)}</span>}
      beside={<span className={styles.quiet}>{t("reviews.patternOthers", { count: pattern.others })}</span>}
    >
      <p className={styles.reason}>{local(pattern.why)}</p>
      <ul className={styles.told} aria-label={t("reviews.patternOf", { pattern: t(`pattern.${pattern.code}`) })}>
        {pattern.reviews.map((other) => (
          <li key={other.id}>
            <Stars rating={other.rating} verdict={other.verdict} />
            <Link to={addressOf(other.id)}>{other.label || t("reviews.noText")}</Link>
            <span className={styles.quiet}><When at={other.at} shop={review.shop.id} /></span>
          </li>
        ))}
      </ul>
      {more > 0 && <p className={styles.reason}>{t("reviews.patternMore", { count: more })}</p>}
    </Opened>
  );
}
