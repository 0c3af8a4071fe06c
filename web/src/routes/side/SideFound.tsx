import { Skeleton } from "antd";
import { useTranslation } from "react-i18next";
import { type FoundKind, useSearch } from "../../api/search";
import { CaseStateName } from "../../components/Words/CaseStateName";
import { Severity } from "../../components/Words/Severity";
import { Stars } from "../../components/Words/Stars";
import { Trouble } from "../../components/Trouble/Trouble";
import { KindName } from "../../components/Matter/KindName";
import { saidIn } from "../../components/Matter/words";
import { excerpt } from "../../format/excerpt";
import styles from "./Side.module.css";
import { SideCase } from "./SideCase";

const kinds: FoundKind[] = ["cases", "orders", "reviews"];

/** What was found: one case at once, several as a choice, and otherwise what is known without one. */
export function SideFound({ q, onOpen }: { q: string; onOpen: (id: string) => void }) {
  const { t } = useTranslation();
  const { data: found, error, isPending, refetch } = useSearch(q, kinds);
  if (error && !found) return <Trouble error={error} onRetry={() => void refetch()} />;
  if (isPending || !found) return <Skeleton active paragraph={{ rows: 5 }} />;
  const [only] = found.cases;
  if (only && found.cases.length === 1) return <SideCase id={only.id} />;
  if (only) {
    return (
      <>
        <h2 className={styles.head}>{t("side.several", { count: found.cases.length })}</h2>
        <ul className={styles.list} aria-label={t("cases.title")}>
          {found.cases.map((each) => (
            <li key={each.id}>
              <button type="button" className={styles.choice} onClick={() => onOpen(each.id)}>
                <span className={styles.said}>{each.review ? <Stars rating={each.review.rating} verdict={each.review.verdict} compact /> : <KindName kind={each.kind} />} {excerpt(saidIn(each, t), 40) || t("reviews.noText")}</span>
                <span className={styles.under}>{each.number} <CaseStateName state={each.state} /> <Severity value={each.severity} /> {each.owner?.name ?? t("cases.nobody")}</span>
              </button>
            </li>
          ))}
        </ul>
      </>
    );
  }
  if (found.orders.length === 0 && found.reviews.length === 0) {
    return (
      <div className={styles.teach} role="status">
        <b>{t("side.nothing", { words: excerpt(q, 40) })}</b>
        <p>{t("side.nothingNext")}</p>
      </div>
    );
  }
  return (
    <div role="status">
      <h2 className={styles.head}>{t("side.noCase")}</h2>
      <ul className={styles.list}>
        {found.orders.map((each) => (
          <li key={each.id} className={styles.plain}>
            <a href={`/orders/${each.id}`} target="_blank" rel="noreferrer">{each.number}</a>
            <span className={styles.under}>{each.state ? t(`orderState.${each.state}`) : t("unknown")} · {each.shop.name}</span>
          </li>
        ))}
        {found.reviews.map((each) => (
          <li key={each.id} className={styles.plain}>
            <a href={`/reviews?review=${each.id}`} target="_blank" rel="noreferrer"><Stars rating={each.rating} verdict={each.verdict} compact /> {excerpt(each.title ?? each.text, 40) || t("reviews.noText")}</a>
            <span className={styles.under}>{each.shop.name}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}
