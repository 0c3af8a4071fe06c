import type { ReactNode } from "react";
import styles from "./List.module.css";

interface Props {
  icon: ReactNode;
  title: string;
  text: string;
  children?: ReactNode;
}

/** An empty place that says what belongs here, what to bring, and has one button. */
export function Teach({ icon, title, text, children }: Props) {
  return (
    <div className={styles.teach}>
      <span className={styles.icon} aria-hidden="true">{icon}</span>
      <h2>{title}</h2>
      <p>{text}</p>
      {children}
    </div>
  );
}
