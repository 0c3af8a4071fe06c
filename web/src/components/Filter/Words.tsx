import { Input } from "antd";
import { useEffect, useState } from "react";
import styles from "./Filter.module.css";

interface Props {
  label: string;
  value: string;
  onChange: (words: string) => void;
  width: number;
}

/** A filter of words that are typed: it takes effect with Enter, or once they are cleared. */
export function Words({ label, value, onChange, width }: Props) {
  const [words, setWords] = useState(value);
  useEffect(() => setWords(value), [value]);
  return (
    <Input.Search
      style={{ width }}
      className={`${styles.choose} ${styles.words}`}
      value={words}
      allowClear
      placeholder={label}
      aria-label={label}
      onChange={(event) => setWords(event.target.value)}
      onSearch={(wanted, event) => {
        const composing = (event as { nativeEvent?: { isComposing?: boolean } } | undefined)?.nativeEvent?.isComposing;
        if (!composing) onChange(wanted.trim());
      }}
    />
  );
}
