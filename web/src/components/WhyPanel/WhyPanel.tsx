import { useTranslation } from "react-i18next";
import type { Review } from "../../api/types";
import { Corrections } from "../Correction/Corrections";
import { standingOn } from "../Correction/standing";
import { Severity } from "../Words/Severity";
import { Bar } from "./Bar";
import { CauseLine } from "./CauseLine";
import { Opened } from "./Opened";
import { PatternLine } from "./PatternLine";
import { SignalLine } from "./SignalLine";
import { useLocal } from "./useLocal";
import styles from "./WhyPanel.module.css";
import { wordsIn } from "./words";

/** 为什么: the words, the feeling, the parts that make up the severity, and what people said of all that. */
export function WhyPanel({ review }: { review: Review }) {
  const { t, i18n } = useTranslation();
  const local = useLocal();
  const { triage } = review;
  if (!triage) return <p className={styles.quiet}>{t("reviews.notRead")}</p>;
  const label = review.sentiment?.label ?? triage.sentiment.label;
  const score = new Intl.NumberFormat(i18n.language, { minimumFractionDigits: 2, maximumFractionDigits: 2, signDisplay: "exceptZero" }).format(triage.sentiment.score);
  const read = triage.language === "und" ? t("reviews.model") : t("reviews.modelIn", { language: t(`tongue.${triage.language}`, triage.language) });
  const corrected = standingOn(review);
  const fault = review.fault ?? "unknown";
  const none = review.causes.length === 0;
  const tone = wordsIn(review, "text", triage.sentiment_spans);
  return (
    <dl className={styles.why}>
      <dt>{t("reviews.cause")}</dt>
      <dd>
        {none && t("reviews.noCause")}
        {review.causes.map((code) => <CauseLine key={code} review={review} code={code} read={triage.causes.find((cause) => cause.code === code)} />)}
        {corrected.causes && <Machine said={triage.causes.map((cause) => t(`cause.${cause.code}`)).join(t("corrections.and")) || t("reviews.noCause")} />}
      </dd>
      {(!none || corrected.fault) && (
        <>
          <dt>{t("reviews.fault")}</dt>
          <dd>
            {t(`fault.${fault}`)}
            {corrected.fault ? <Machine said={t(`fault.${triage.fault}`)} /> : triage.fault_why && <p className={styles.reason}>{local(triage.fault_why)}</p>}
          </dd>
        </>
      )}
      <dt>{t("reviews.sentiment")}</dt>
      <dd>
        <Opened
          meaning={`sentiment.${triage.sentiment.label}`}
          head={t(`sentiment.${label}`)}
          beside={!corrected.sentiment && <span className={styles.quiet} title={t("reviews.scoreRange")}>{score}</span>}
        >
          {corrected.sentiment && <Machine said={`${t(`sentiment.${triage.sentiment.label}`)} ${score}`} />}
          <p className={styles.reason}>{tone.length > 0 ? t("reviews.toneWords") : t("reviews.toneStars")}</p>
          {tone.length > 0 && <p className={styles.words}>{tone.map((word) => t("reviews.quote", { word })).join(" ")}</p>}
        </Opened>
      </dd>
      {triage.signals.length + review.patterns.length > 0 && (
        <>
          <dt>{t("reviews.signals")}</dt>
          <dd>
            {triage.signals.map((signal) => <SignalLine key={`${signal.code}${signal.kind}${signal.in}`} review={review} signal={signal} />)}
            {review.patterns.map((pattern) => <PatternLine key={pattern.code} review={review} pattern={pattern} />)}
          </dd>
        </>
      )}
      <dt>{t("severity.label")}</dt>
      <dd>
        <Severity value={triage.severity} />
        <ul className={styles.parts}>
          {triage.severity_parts.map(({ part, points }) => (
            <li key={part}>
              <span title={t(`reviews.partWhy.${part}`)}>{t(`reviews.part.${part}`)}</span>
              <Bar value={points} of={45} />
              <span>+{points}</span>
            </li>
          ))}
        </ul>
      </dd>
      <dt>{t("reviews.readBy")}</dt>
      <dd className={styles.quiet} title={triage.model}>{read}</dd>
      {review.corrections.length > 0 && (
        <>
          <dt>{t("corrections.title")}</dt>
          <dd><Corrections review={review} /></dd>
        </>
      )}
    </dl>
  );
}

/** What the machine had read where a person corrected it. */
function Machine({ said }: { said: string }) {
  const { t } = useTranslation();
  return <p className={styles.reason}>{t("corrections.machine")} <del>{said}</del></p>;
}
