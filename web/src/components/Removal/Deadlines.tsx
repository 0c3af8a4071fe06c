import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import type { Deadline, Review } from "../../api/types";
import { When } from "../When/When";
import styles from "./Removal.module.css";
import { ruleAddress } from "./rule";
import { saidIn } from "./said";
import { Sources } from "./Sources";

/** Every deadline of a review, the next first, each with where it comes from. */
export function Deadlines({ review }: { review: Review }) {
  const { t } = useTranslation();
  const { deadlines } = review.removal;
  if (deadlines.length === 0) return <p className={styles.note}>{t("removal.noDeadline")}</p>;
  const open = deadlines.filter(({ standing }) => standing === "open" || standing === "not_yet");
  const rest = deadlines.filter(({ standing }) => standing === "over" || standing === "impossible");
  return (
    <ul className={styles.deadlines} aria-label={t("removal.deadlines")}>
      {[...open, ...rest].map((deadline) => <Line key={`${deadline.pack}${deadline.what}`} deadline={deadline} shop={review.shop.id} />)}
    </ul>
  );
}

function Line({ deadline, shop }: { deadline: Deadline; shop: string }) {
  const { t, i18n } = useTranslation();
  const { standing, last_day: day, pack } = deadline;
  const name = saidIn(deadline.name, i18n.language);
  const length = deadline.days !== null ? t("removal.days", { count: deadline.days }) : deadline.hours !== null ? t("removal.hours", { count: deadline.hours }) : null;
  const table = `${deadline.timer ? "timer" : "window"}.${deadline.what}`;
  return (
    <li className={styles.deadline}>
      <span>{pack ? <Link to={ruleAddress(pack, table)} title={t("removal.toRule")}>{name}</Link> : name}</span>
      <span className={styles.mark} data-tone={standing === "open" ? "due" : standing === "over" ? "over" : "none"}>
        {t(`removal.standing.${standing}`, { day: day ?? "" })}
      </span>
      <span className={styles.source}>
        {length && <span>{t("removal.countedFrom", { length, anchor: t(`removal.anchor.${deadline.anchor}`) })}</span>}
        {deadline.at && standing !== "impossible" && <When at={deadline.at} shop={shop} />}
        <Sources source={deadline.source} grade={deadline.grade} stale={deadline.stale} />
        {deadline.status !== "confirmed" && <span className={styles.poor}>{t(`rules.status.${deadline.status}`)}</span>}
        {!deadline.calendar_known && <span className={styles.poor}>{t("removal.calendarUnknown")}</span>}
      </span>
    </li>
  );
}
