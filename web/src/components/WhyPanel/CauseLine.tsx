import { useTranslation } from "react-i18next";
import type { Cause, Review, Triage } from "../../api/types";
import { CauseName } from "../Words/CauseName";
import { Opened } from "./Opened";
import styles from "./WhyPanel.module.css";
import { wordsIn } from "./words";

interface Props {
  review: Review;
  code: Cause;
  /** What the machine read of it; nothing where a person named it. */
  read?: Triage["causes"][number];
}

/** One cause: how sure, its words, and on a click which rule or weight speaks for it. */
export function CauseLine({ review, code, read }: Props) {
  const { t, i18n } = useTranslation();
  const percent = (share: number) => new Intl.NumberFormat(i18n.language, { style: "percent" }).format(share);
  const weight = (value: number) => new Intl.NumberFormat(i18n.language, { maximumFractionDigits: 1, minimumFractionDigits: 1, signDisplay: "always" }).format(value);
  if (!read) return <div className={styles.line}><CauseName cause={code} /> <span className={styles.quiet}>{t("corrections.byPerson")}</span></div>;
  const words = wordsIn(review, "text", read.spans);
  const beside = (
    <>
      <span className={styles.quiet} title={t("reviews.sureness")}>{percent(read.score)}</span>
      {words.length > 0 && <span className={styles.words}>{words.map((word) => t("reviews.quote", { word })).join(" ")}</span>}
    </>
  );
  return (
    <Opened meaning={`cause.${code}`} head={<CauseName cause={code} />} beside={beside}>
      {read.told.length === 0 ? (
        <p className={styles.reason}>{t("reviews.toldNone")}</p>
      ) : (
        <ul className={styles.told} aria-label={t("reviews.toldOf", { cause: t(`cause.${code}`) })}>
          {read.told.map((one) => (
            <li key={`${one.in}${one.span.join()}${one.by}`}>
              <span className={styles.words}>{wordsIn(review, one.in, [one.span]).map((word) => t("reviews.quote", { word })).join("")}</span>
              <span className={styles.quiet}>{t(`reviews.toldBy.${one.by}`)}</span>
              <span className={styles.quiet} title={t("reviews.toldWeight")}>{weight(one.weight)}</span>
            </li>
          ))}
        </ul>
      )}
    </Opened>
  );
}
