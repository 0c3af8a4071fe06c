import { CloseOutlined, FileTextOutlined, InboxOutlined } from "@ant-design/icons";
import { Button, Upload } from "antd";
import { useTranslation } from "react-i18next";
import { formatBytes } from "../../format/number";
import styles from "./Imports.module.css";

const kinds = ".csv,.tsv,.txt,.xlsx,.jsonl,.ndjson,.json,.zip";

export function FileDrop({ files, onChange }: { files: File[]; onChange: (files: File[]) => void }) {
  const { t, i18n } = useTranslation();
  return (
    <>
      <Upload.Dragger
        className={styles.drop}
        accept={kinds}
        multiple
        showUploadList={false}
        // The form sends the files itself; antd only collects them. It calls once for each, with all of them.
        beforeUpload={(file, all) => {
          if (file === all.at(-1)) onChange([...files, ...all]);
          return false;
        }}
      >
        <InboxOutlined className={styles.dropIcon} />
        <p className={styles.dropText}>{t("imports.drop")}</p>
        <p className={styles.hint}>{t("imports.dropHint")}</p>
      </Upload.Dragger>
      {files.length > 0 && (
        <ul className={styles.files} aria-label={t("imports.chosen")}>
          {files.map((file, index) => (
            <li key={`${file.name}${index}`}>
              <FileTextOutlined />
              <span className={styles.fileName} title={file.name}>{file.name}</span>
              <span className={styles.quiet}>{formatBytes(file.size, i18n.language)}</span>
              <Button
                type="text"
                size="small"
                icon={<CloseOutlined />}
                aria-label={t("imports.remove", { name: file.name })}
                onClick={() => onChange(files.filter((_, other) => other !== index))}
              />
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
