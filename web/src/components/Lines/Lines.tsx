import { useTranslation } from "react-i18next";
import { dayOf } from "../../format/day";
import styles from "./Lines.module.css";

export interface LinePoint {
  at: string;
  value: number | null;
}

interface Props {
  /** Says what the line says. */
  title: string;
  points: readonly LinePoint[];
  /** How a value is written. */
  format: (value: number) => string;
  zone?: string | undefined;
}

const width = 360;
const height = 96;
const pad = 6;

/** Where a value stands between the lowest and the highest, in pixels from the top; a flat line runs through the middle. */
export function heightOf(value: number, lowest: number, highest: number): number {
  if (highest === lowest) return height / 2;
  return height - pad - ((value - lowest) / (highest - lowest)) * (height - 2 * pad);
}

/** One line with its title, its ends written beside it, and the table behind it. */
export function Lines({ title, points, format, zone }: Props) {
  const { t } = useTranslation();
  const known = points.flatMap(({ at, value }) => (value === null ? [] : [{ at, value }]));
  const first = known[0];
  const last = known.at(-1);
  if (!first || !last || known.length < 2) return null;
  const values = known.map(({ value }) => value);
  const [lowest, highest] = [Math.min(...values), Math.max(...values)];
  const [begin, end] = [Date.parse(first.at), Date.parse(last.at)];
  const x = (at: string) => pad + ((Date.parse(at) - begin) / Math.max(1, end - begin)) * (width - 2 * pad);
  const drawn = known.map(({ at, value }) => `${x(at).toFixed(1)},${heightOf(value, lowest, highest).toFixed(1)}`);
  return (
    <figure className={styles.figure}>
      <figcaption>{title}</figcaption>
      <div className={styles.row}>
        <svg viewBox={`0 0 ${width} ${height}`} role="img" aria-label={title} className={styles.line}>
          <polyline points={drawn.join(" ")} fill="none" stroke="currentColor" strokeWidth="2" />
          <circle cx={x(last.at)} cy={heightOf(last.value, lowest, highest)} r="3" fill="currentColor" />
        </svg>
        <span className={styles.ends}><span>{format(highest)}</span><span>{format(lowest)}</span></span>
      </div>
      <details>
        <summary>{t("measures.table")}</summary>
        <table className={styles.table}>
          <thead><tr><th scope="col">{t("measures.point")}</th><th scope="col">{t("measures.valueOf")}</th></tr></thead>
          <tbody>{known.map(({ at, value }) => <tr key={at}><td>{dayOf(at, zone)}</td><td>{format(value)}</td></tr>)}</tbody>
        </table>
      </details>
    </figure>
  );
}
