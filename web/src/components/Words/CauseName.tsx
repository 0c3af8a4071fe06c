import type { CSSProperties } from "react";
import { useTranslation } from "react-i18next";
import type { Cause } from "../../api/types";
import styles from "./Words.module.css";

/** The name of a cause with the colour its words are underlined in. */
export function CauseName({ cause }: { cause: Cause }) {
  const { t } = useTranslation();
  return (
    <span className={styles.cause} style={{ "--mark": `var(--mark-${cause})` } as CSSProperties}>
      {t(`cause.${cause}`)}
    </span>
  );
}

export function CauseNames({ causes, primary, most = 9 }: { causes: readonly Cause[]; primary?: Cause | null; most?: number }) {
  const ordered = primary ? [primary, ...causes.filter((cause) => cause !== primary)] : [...causes];
  if (ordered.length === 0) return <span>–</span>;
  const more = ordered.length - most;
  return (
    <span className={styles.causes}>
      {ordered.slice(0, most).map((cause) => (
        <CauseName key={cause} cause={cause} />
      ))}
      {more > 0 && <span>+{more}</span>}
    </span>
  );
}
