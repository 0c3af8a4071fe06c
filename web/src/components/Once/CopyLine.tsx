import { CheckOutlined, CopyOutlined } from "@ant-design/icons";
import { Button, Input } from "antd";
import type { TextAreaRef } from "antd/es/input/TextArea";
import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { copyText } from "./copy";
import styles from "./Once.module.css";

/** A text to be taken along, whole, with its button. Where the clipboard is closed, the text is marked for Ctrl+C. */
export function CopyLine({ label, text }: { label: string; text: string }) {
  const { t } = useTranslation();
  const field = useRef<TextAreaRef>(null);
  const [copied, setCopied] = useState<boolean | null>(null);
  const select = () => field.current?.resizableTextArea?.textArea.select();
  const copy = async () => {
    const done = await copyText(text);
    setCopied(done);
    if (!done) select();
  };
  return (
    <div>
      <div className={styles.line}>
        <Input.TextArea ref={field} readOnly value={text} aria-label={label} autoSize onFocus={select} spellCheck={false} />
        <Button icon={copied ? <CheckOutlined /> : <CopyOutlined />} onClick={() => void copy()}>{t(copied ? "once.copied" : "once.copy")}</Button>
      </div>
      <span role="status" className={styles.note}>{copied === false ? t("once.byHand") : null}</span>
    </div>
  );
}
