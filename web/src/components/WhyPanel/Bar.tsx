import styles from "./WhyPanel.module.css";

/** A share as a thin bar; the number stands beside it. */
export function Bar({ value, of }: { value: number; of: number }) {
  return (
    <span className={styles.bar} aria-hidden="true">
      <span style={{ width: `${Math.min(100, (100 * value) / of)}%` }} />
    </span>
  );
}
