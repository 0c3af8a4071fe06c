import type { Hit } from "./found";
import styles from "./Search.module.css";

/** One thing that was found, on one line. */
export function HitLine({ hit }: { hit: Hit }) {
  return (
    <span className={styles.hit}>
      <span className={styles.title}>{hit.title}</span>
      <span className={styles.note}>{hit.note}</span>
    </span>
  );
}
