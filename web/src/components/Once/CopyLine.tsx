import { CheckOutlined, CopyOutlined } from "@ant-design/icons";
import { Button, Input, type InputRef } from "antd";
import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { copyText } from "./copy";
import styles from "./Once.module.css";

/** A text to be taken along, with its button. Where the clipboard is closed, the text is marked for Ctrl+C. */
export function CopyLine({ label, text }: { label: string; text: string }) {
  const { t } = useTranslation();
  const field = useRef<InputRef>(null);
  const [copied, setCopied] = useState<boolean | null>(null);
  const copy = async () => {
    const done = await copyText(text);
    setCopied(done);
    if (!done) field.current?.select();
  };
  return (
    <div>
      <div className={styles.line}>
        <Input ref={field} readOnly value={text} aria-label={label} onFocus={(event) => event.target.select()} />
        <Button icon={copied ? <CheckOutlined /> : <CopyOutlined />} onClick={() => void copy()}>{t(copied ? "once.copied" : "once.copy")}</Button>
      </div>
      <span role="status" className={styles.note}>{copied === false ? t("once.byHand") : null}</span>
    </div>
  );
}
