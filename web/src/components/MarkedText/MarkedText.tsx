import { Tooltip } from "antd";
import type { CSSProperties } from "react";
import { useTranslation } from "react-i18next";
import { colourOf } from "./marks";
import styles from "./MarkedText.module.css";
import { type Mark, type Segment, segmentsOf } from "./segments";

/** One line per meaning under the words, the first nearest to them. */
function underlines(meanings: readonly string[]): CSSProperties {
  return {
    backgroundImage: meanings.map((meaning) => `linear-gradient(${colourOf(meaning)}, ${colourOf(meaning)})`).join(","),
    backgroundPosition: meanings.map((_, index) => `0 calc(100% - ${(meanings.length - 1 - index) * 3}px)`).join(","),
    paddingBottom: meanings.length * 3 - 1,
  };
}

function Marked({ segment, label, isOn }: { segment: Segment; label: string; isOn: boolean }) {
  return (
    <Tooltip title={label} trigger={["hover", "focus"]}>
      <mark className={isOn ? `${styles.mark} ${styles.on}` : styles.mark} style={underlines(segment.meanings)} tabIndex={0} data-meaning={segment.meanings.join(" ")} aria-description={label}>
        {segment.text}
      </mark>
    </Tooltip>
  );
}

/** A text of a buyer with the words underlined that say something, those in focus filled. Copying it copies only the text. */
export function MarkedText({ text, marks, focus = null }: { text: string; marks: readonly Mark[]; focus?: string | null }) {
  const { t } = useTranslation();
  let at = 0;
  return (
    <span className={styles.text}>
      {segmentsOf(text, marks).map((segment) => {
        const key = at;
        at += segment.text.length;
        if (segment.meanings.length === 0) return segment.text;
        const label = segment.meanings.map((meaning) => t(meaning)).join(" · ");
        return <Marked key={key} segment={segment} label={label} isOn={focus !== null && segment.meanings.includes(focus)} />;
      })}
    </span>
  );
}
