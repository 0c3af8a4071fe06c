import { useTranslation } from "react-i18next";
import type { ScriptBody } from "../../api/types";
import { piecesOf } from "../Composer/text";
import { saidIn } from "../Removal/said";
import styles from "./Scripts.module.css";

/** What a script says in each language, as it is written and as a buyer would read it, and where it is used. */
export function ScriptWords({ script }: { script: ScriptBody }) {
  const { t, i18n } = useTranslation();
  const listed = (words: readonly string[], group: string) => (words.length === 0 ? t("scripts.every") : words.map((word) => t(`${group}.${word}`)).join(" · "));
  return (
    <>
      <dl className={styles.facts}>
        <dt>{t("scripts.by.step")}</dt><dd>{t(`scripts.phase.${script.phase}`)} · {t(`scripts.step.${script.step}`)}</dd>
        <dt>{t("scripts.by.cause")}</dt><dd>{listed(script.causes, "cause")}</dd>
        <dt>{t("scripts.by.platform")}</dt><dd>{script.platforms.length === 0 ? t("scripts.every") : script.platforms.map((code) => (code === "amazon" ? t("scripts.amazon") : t(`platform.${code}`))).join(" · ")}</dd>
        <dt>{t("scripts.by.channel")}</dt><dd>{listed(script.channels, "guard.channel")}</dd>
        <dt>{t("scripts.variables")}</dt><dd>{script.variables.length === 0 ? "–" : script.variables.map((each) => saidIn(each.label, i18n.language)).join(" · ")}</dd>
      </dl>
      {(["zh", "en"] as const).map((language) => {
        const text = script.texts[language];
        if (!text) return null;
        return (
          <section key={language} className={styles.text} aria-label={t(`composer.in.${language}`)}>
            <h3>{t(`composer.in.${language}`)}</h3>
            <p><Marked text={text} /></p>
            <h4>{t("scripts.sample")}</h4>
            <p className={styles.sample}>{script.samples[language]}</p>
          </section>
        );
      })}
    </>
  );
}

function Marked({ text }: { text: string }) {
  let at = 0;
  return piecesOf(text).map((piece) => {
    const key = at;
    at += piece.text.length;
    return piece.name === null ? piece.text : <mark key={key}>{piece.text}</mark>;
  });
}
