import { useTranslation } from "react-i18next";
import type { Review } from "../../api/types";
import { CauseName } from "../Words/CauseName";
import { Severity } from "../Words/Severity";
import { Bar } from "./Bar";
import styles from "./WhyPanel.module.css";
import { wordsOf } from "./words";

/** 为什么: the words, the feeling, and the parts that make up the severity. */
export function WhyPanel({ review }: { review: Review }) {
  const { t, i18n } = useTranslation();
  const { triage } = review;
  if (!triage) return <p className={styles.quiet}>{t("reviews.notRead")}</p>;
  const percent = (share: number) => new Intl.NumberFormat(i18n.language, { style: "percent" }).format(share);
  const score = new Intl.NumberFormat(i18n.language, { minimumFractionDigits: 2, maximumFractionDigits: 2, signDisplay: "exceptZero" }).format(triage.sentiment.score);
  const read = triage.language === "und" ? t("reviews.model") : t("reviews.modelIn", { language: t(`tongue.${triage.language}`, triage.language) });
  return (
    <dl className={styles.why}>
      <dt>{t("reviews.cause")}</dt>
      <dd>
        {triage.causes.length === 0 && t("reviews.noCause")}
        {triage.causes.map((cause) => {
          const words = wordsOf(review, cause);
          return (
            <div key={cause.code} className={styles.line}>
              <CauseName cause={cause.code} />
              <span className={styles.quiet} title={t("reviews.sureness")}>{percent(cause.score)}</span>
              {words.length > 0 && <span className={styles.words}>{words.map((word) => t("reviews.quote", { word })).join(" ")}</span>}
            </div>
          );
        })}
      </dd>
      {triage.causes.length > 0 && (
        <>
          <dt>{t("reviews.fault")}</dt>
          <dd>{t(`fault.${triage.fault}`)}</dd>
        </>
      )}
      <dt>{t("reviews.sentiment")}</dt>
      <dd className={styles.line}>
        {t(`sentiment.${triage.sentiment.label}`)}
        <span className={styles.quiet} title={t("reviews.scoreRange")}>{score}</span>
      </dd>
      {triage.signals.length > 0 && (
        <>
          <dt>{t("reviews.signals")}</dt>
          <dd>
            {triage.signals.map((signal) => (
              <div key={`${signal.code}${signal.kind}${signal.spans.join()}`} className={styles.signal}>
                {t(`signal.${signal.code}`)}
                {signal.kind && <span className={styles.quiet}>{t(`personalData.${signal.kind}`)}</span>}
              </div>
            ))}
          </dd>
        </>
      )}
      <dt>{t("severity.label")}</dt>
      <dd>
        <Severity value={triage.severity} />
        <ul className={styles.parts}>
          {triage.severity_parts.map(({ part, points }) => (
            <li key={part}>
              <span>{t(`reviews.part.${part}`)}</span>
              <Bar value={points} of={45} />
              <span>+{points}</span>
            </li>
          ))}
        </ul>
      </dd>
      <dt>{t("reviews.readBy")}</dt>
      <dd className={styles.quiet} title={triage.model}>{read}</dd>
    </dl>
  );
}
