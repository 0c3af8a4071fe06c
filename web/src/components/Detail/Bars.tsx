import type { CSSProperties } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { formatNumber, formatShare } from "../../format/number";
import styles from "./Detail.module.css";

export interface BarLine {
  key: string;
  name: string;
  value: number;
  colour?: string;
  /** The list of what the bar counts. */
  to: string;
}

/** Bars from zero, each a link to the rows behind it, with its number and what share of `base` it is. */
export function Bars({ label, lines, base }: { label: string; lines: BarLine[]; base: number }) {
  const { i18n } = useTranslation();
  const most = Math.max(1, ...lines.map((line) => line.value));
  return (
    <ul className={styles.bars} aria-label={label}>
      {lines.map((line) => (
        <li key={line.key}>
          <Link to={line.to}>
            <span>{line.name}</span>
            <span className={styles.track} aria-hidden="true">
              {line.value > 0 && <span className={styles.fill} style={{ width: `${(line.value / most) * 100}%`, "--bar": line.colour } as CSSProperties} />}
            </span>
            <span className={styles.share}>{formatNumber(line.value, i18n.language)} · {formatShare(line.value, base, i18n.language)}</span>
          </Link>
        </li>
      ))}
    </ul>
  );
}
