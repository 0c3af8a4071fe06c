import { useTranslation } from "react-i18next";
import type { MeasureGroup } from "../../api/types";
import { formatNumber } from "../../format/number";
import styles from "./Measures.module.css";

/** What the public sees, what neutral ratings cost, and where each window is heading. */
export function Outlook({ group }: { group: MeasureGroup }) {
  const { t, i18n } = useTranslation();
  const number = (value: number) => formatNumber(value, i18n.language);
  const percent = (value: number | null) => (value === null ? "–" : t("measures.percent", { percent: value }));
  const { public: shown, neutral, forecast } = group;
  const year = group.windows.find(({ window }) => window === "365");
  if (!year || year.total === 0) return null;
  const days = forecast[0]?.days ?? 30;
  return (
    <>
      {shown && shown.total > 0 && (
        <p className={styles.quiet}>
          {t(shown.of_twelve_months ? "measures.publicOf12" : "measures.publicOfAll", { percent: percent(shown.percent), positive: number(shown.positive), total: number(shown.total), lifetime: number(shown.lifetime) })}
        </p>
      )}
      <p className={styles.quiet}>
        {neutral.neutral === 0 || neutral.percent === null || neutral.percent_without === null
          ? t("measures.neutralNone")
          : t("measures.neutralCost", { neutral: number(neutral.neutral), points: number(neutral.percent_without - neutral.percent), without: percent(neutral.percent_without), positives: number(neutral.positives) })}
      </p>
      <section aria-label={t("measures.ahead", { days })} className={styles.ahead}>
        <h3>{t("measures.ahead", { days })}</h3>
        {forecast.length === 0 && <p className={styles.quiet}>{t("measures.aheadNone")}</p>}
        {forecast.length > 0 && (
          <>
            <dl>
              {forecast.map((soon) => (
                <div key={soon.window}>
                  <dt>{t(`measures.windowOf.${soon.window}`)}</dt>
                  <dd><b>{percent(soon.positive_percent)}</b> <span className={styles.quiet}>{t("measures.aheadStaying")} {number(soon.staying)}</span></dd>
                </div>
              ))}
            </dl>
            <p className={styles.quiet}>{t("measures.aheadHelp")}</p>
          </>
        )}
      </section>
    </>
  );
}
