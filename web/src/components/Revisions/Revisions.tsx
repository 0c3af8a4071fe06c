import { Tag } from "antd";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import type { Review, Revision } from "../../api/types";
import { When } from "../When/When";
import { Stars } from "../Words/Stars";
import { differenceOf } from "./difference";
import styles from "./Revisions.module.css";

/** How the review read before, newest first, with what changed from one to the next. */
export function Revisions({ review }: { review: Review }) {
  const { t } = useTranslation();
  const oldestFirst = [...review.revisions].sort((a, b) => a.revision - b.revision);
  return (
    <ol className={styles.list}>
      {oldestFirst
        .map((revision, index) => ({ revision, before: oldestFirst[index - 1] }))
        .reverse()
        .map(({ revision, before }) => (
          <li key={revision.revision}>
            <div className={styles.head}>
              <Tag variant="filled">{t("reviews.revision", { number: revision.revision })}</Tag>
              {before && (before.rating !== revision.rating || before.verdict !== revision.verdict) && (
                <>
                  <Stars rating={before.rating} verdict={before.verdict} compact />
                  <span aria-hidden="true">→</span>
                </>
              )}
              <Stars rating={revision.rating} verdict={revision.verdict} compact />
              <span className={styles.quiet}>{t("reviews.seen")} <When at={revision.seen_at} shop={review.shop.id} /></span>
              {revision.import && (
                <Link className={styles.quiet} to={`/imports/${revision.import.id}`}>
                  {t("reviews.fileLine", { file: revision.import.file_name, line: revision.import.line })}
                </Link>
              )}
            </div>
            <Changed before={before} now={revision} />
          </li>
        ))}
    </ol>
  );
}

function Changed({ before, now }: { before: Revision | undefined; now: Revision }) {
  const { t } = useTranslation();
  const whole = (revision: Revision) => [revision.title, revision.text].filter(Boolean).join("\n");
  if (!before) return <p className={styles.text}>{whole(now) || t("reviews.noText")}</p>;
  const pieces = differenceOf(whole(before), whole(now));
  if (pieces.every((piece) => piece.kind === "same")) return <p className={styles.quiet}>{t("reviews.sameText")}</p>;
  let at = 0;
  return (
    <p className={styles.text}>
      {pieces.map((piece) => {
        at += 1;
        if (piece.kind === "added") return <ins key={at}>{piece.text}</ins>;
        if (piece.kind === "removed") return <del key={at}>{piece.text}</del>;
        return piece.text;
      })}
    </p>
  );
}
