import { Skeleton } from "antd";
import { useTranslation } from "react-i18next";
import { useMeasureHistory } from "../../api/measures";
import { useZoneOf } from "../../api/shops";
import { Lines } from "../../components/Lines/Lines";
import { Trouble } from "../../components/Trouble/Trouble";
import { figureName } from "../imports/figures/names";
import styles from "./Measures.module.css";

/** How each window and each typed figure went over the last year. */
export function History({ shop }: { shop: string }) {
  const { t } = useTranslation();
  const zone = useZoneOf()(shop);
  const { data, error, refetch } = useMeasureHistory(shop);
  const percent = (value: number) => t("measures.percent", { percent: value });
  const counted = (data?.lines ?? []).flatMap((line) => {
    const known = line.points.filter(({ positive_percent: shown }) => shown !== null);
    const [first, last] = [known[0], known.at(-1)];
    if (!first || !last || known.length < 2) return [];
    const said = { object: t(`object.${line.object}`), window: t(`measures.windowOf.${line.window}`), first: percent(first.positive_percent ?? 0), last: percent(last.positive_percent ?? 0) };
    return [{ key: `${line.object}${line.window}`, title: t("measures.historyFrom", said), points: line.points.map(({ at, positive_percent: value }) => ({ at, value })) }];
  });
  return (
    <section className={styles.group} aria-label={t("measures.history")}>
      <h2>{t("measures.history")}</h2>
      <p className={styles.quiet}>{t("measures.historyHelp")}</p>
      <Trouble error={data ? null : error} onRetry={() => void refetch()} />
      {!data && !error && <Skeleton active paragraph={{ rows: 4 }} />}
      {data && counted.length === 0 && data.typed.length === 0 && <p className={styles.quiet}>{t("measures.historyNone")}</p>}
      <div className={styles.lines}>
        {counted.map((line) => <Lines key={line.key} title={line.title} points={line.points} format={percent} zone={zone} />)}
        {data?.typed.map((line) => {
          const written = (value: number) => `${value}${line.unit === "percent" ? "%" : ""}`;
          const ends = { first: written(Number(line.points[0]?.value)), last: written(Number(line.points.at(-1)?.value)) };
          return <Lines key={line.name} title={t("measures.typedLine", { name: figureName(line.name, t), ...ends })} points={line.points.map(({ at, value }) => ({ at, value: Number(value) }))} format={written} zone={zone} />;
        })}
      </div>
    </section>
  );
}
