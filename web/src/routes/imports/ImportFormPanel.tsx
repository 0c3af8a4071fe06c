import { Button, Form } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { busy } from "../../components/Busy/busy";
import { Trouble } from "../../components/Trouble/Trouble";
import { formatBytes } from "../../format/number";
import { FileDrop } from "./FileDrop";
import { type ImportForm, type Missing, missingIn } from "./form";
import styles from "./Imports.module.css";
import { ShopChoice } from "./ShopChoice";

interface Props {
  form: ImportForm;
  onChange: (change: Partial<ImportForm>) => void;
  onSubmit: () => void;
  sending: boolean;
  error: unknown;
}

export function ImportFormPanel({ form, onChange, onSubmit, sending, error }: Props) {
  const { t, i18n } = useTranslation();
  const [problems, setProblems] = useState<Missing[]>([]);
  const change = (part: Partial<ImportForm>) => {
    onChange(part);
    setProblems([]);
  };
  const submit = () => {
    const missing = missingIn(form);
    setProblems(missing);
    if (missing.length === 0) onSubmit();
  };
  const size = form.files.reduce((sum, file) => sum + file.size, 0);
  return (
    <Form layout="vertical" component="form" onSubmitCapture={(event) => { event.preventDefault(); submit(); }}>
      <Form.Item validateStatus={problems.includes("noFile") ? "error" : undefined} help={problems.includes("noFile") ? t("imports.noFile") : undefined}>
        <FileDrop files={form.files} onChange={(files) => change({ files })} />
      </Form.Item>
      <ShopChoice form={form} problems={problems} onChange={change} />
      <Trouble error={error} />
      <div className={styles.buttons}>
        <Button type="primary" htmlType="submit" loading={busy(sending)}>{t("imports.next")}</Button>
        <span className={styles.quiet} role="status">{sending ? t("imports.uploading", { size: formatBytes(size, i18n.language) }) : t("imports.nextHint")}</span>
      </div>
    </Form>
  );
}
