import { DownOutlined, RightOutlined } from "@ant-design/icons";
import { type ReactNode, useId } from "react";
import { useFocus } from "../Reading/focus";
import styles from "./WhyPanel.module.css";

interface Props {
  /** What stands out in the text while it is open. */
  meaning: string;
  head: ReactNode;
  beside?: ReactNode;
  children: ReactNode;
}

/** A finding whose reasons are shown on a click, while its words stand out in the text. One is open at a time. */
export function Opened({ meaning, head, beside, children }: Props) {
  const { on, set } = useFocus();
  const id = useId();
  const isOpen = on === meaning;
  return (
    <div>
      <div className={styles.line}>
        <button type="button" className={styles.open} aria-expanded={isOpen} aria-controls={isOpen ? id : undefined} onClick={() => set(isOpen ? null : meaning)}>
          {head} {isOpen ? <DownOutlined aria-hidden="true" /> : <RightOutlined aria-hidden="true" />}
        </button>
        {beside}
      </div>
      {isOpen && <div id={id} className={styles.opened}>{children}</div>}
    </div>
  );
}
