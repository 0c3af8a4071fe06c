import type { GuardFinding, HoldFinding } from "../../api/types";
import { segmentsOf } from "../MarkedText/segments";
import styles from "./Guard.module.css";
import { marksOf } from "./said";

/** A text with the words underlined that break a rule. Copying it copies only the text. */
export function GuardedText({ text, findings }: { text: string; findings: readonly (GuardFinding | HoldFinding)[] }) {
  let at = 0;
  return (
    <p className={styles.words}>
      {segmentsOf(text, marksOf(findings)).map((segment) => {
        const key = at;
        at += segment.text.length;
        if (segment.meanings.length === 0) return segment.text;
        return <mark key={key} data-severity={segment.meanings[0]}>{segment.text}</mark>;
      })}
    </p>
  );
}
