import { useTranslation } from "react-i18next";
import type { Review, Triage } from "../../api/types";
import { meaningOf } from "../MarkedText/marks";
import { Opened } from "./Opened";
import { useLocal } from "./useLocal";
import styles from "./WhyPanel.module.css";
import { wordsIn } from "./words";

/** One signal: on a click its words and why it was raised. */
export function SignalLine({ review, signal }: { review: Review; signal: Triage["signals"][number] }) {
  const { t } = useTranslation();
  const local = useLocal();
  const words = wordsIn(review, signal.in || "text", signal.spans);
  const head = (
    <span className={styles.signal}>
      {t(`signal.${signal.code}`)}
      {signal.kind && <span className={styles.quiet}>{t(`personalData.${signal.kind}`)}</span>}
    </span>
  );
  return (
    <Opened meaning={meaningOf(signal)} head={head}>
      <p className={styles.reason}>{signal.why?.zh ? local(signal.why) : t("reviews.signalRule")}</p>
      {words.length > 0 && <p className={styles.words}>{words.map((word) => t("reviews.quote", { word })).join(" ")}</p>}
      <p className={styles.reason}>{t(signal.spans.length > 0 ? "reviews.signalWords" : "reviews.signalFacts")}</p>
    </Opened>
  );
}
