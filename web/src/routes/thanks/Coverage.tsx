import { useTranslation } from "react-i18next";
import { useThanksCoverage } from "../../api/thanks";
import { spanBetween } from "../../components/Tasks/due";
import { Trouble } from "../../components/Trouble/Trouble";
import { formatNumber, formatShare } from "../../format/number";
import styles from "./Thanks.module.css";

/** How many of its good reviews each shop has answered in 30 days, and how long they waited. */
export function Coverage({ shop }: { shop: string | null }) {
  const { t, i18n } = useTranslation();
  const { data, error, refetch } = useThanksCoverage();
  if (error && !data) return <Trouble error={error} onRetry={() => void refetch()} />;
  const shown = (data?.shops ?? []).filter((each) => each.good > 0 && (shop === null || each.shop.id === shop));
  if (shown.length === 0) return null;
  const spanOf = (seconds: number) => {
    const { unit, count } = spanBetween(new Date(0), new Date(seconds * 1000));
    return t(`tasks.span.${unit}`, { count });
  };
  const number = (value: number) => formatNumber(value, i18n.language);
  return (
    <ul className={styles.coverage} aria-label={t("thanks.coverage")}>
      {shown.map(({ shop: { id, name }, good, answered, capped, delay_seconds: delay }) => (
        <li key={id}>
          <b>{name}</b>
          <span>{t(capped ? "thanks.answeredOfLast" : "thanks.answeredOf", { answered: number(answered), good: number(good), share: formatShare(answered, good, i18n.language) })}</span>
          {delay !== null && <span className={styles.quiet}>{t("thanks.delay", { span: spanOf(delay) })}</span>}
        </li>
      ))}
    </ul>
  );
}
