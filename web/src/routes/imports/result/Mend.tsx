import { DownloadOutlined, UploadOutlined } from "@ant-design/icons";
import { Button, Upload } from "antd";
import { useTranslation } from "react-i18next";
import { useMay } from "../../../api/session";
import { useFailedRows } from "../../../api/undo";
import type { Import } from "../../../api/types";
import { busy } from "../../../components/Busy/busy";
import { Trouble } from "../../../components/Trouble/Trouble";
import { mapLike } from "../draft/wishes";
import styles from "../Imports.module.css";
import type { Send } from "../useFiles";
import { save } from "../../../components/Once/save";

export interface MendProps {
  of: Import;
  sending: boolean;
  /** What went wrong when a mended file was sent. */
  error: unknown;
  onSend: Send;
}

/** Takes the failed rows out with the file's own headers, and the mended file in, read as this one was. */
export function Mend({ of, sending, error, onSend }: MendProps) {
  const { t } = useTranslation();
  const may = useMay("import.create");
  const rows = useFailedRows(of.id);
  const download = () => rows.mutate(undefined, { onSuccess: (file) => save(file, `${t("imports.downloadName")}-${of.file_name.replace(/\.[^.]+$/u, "")}.csv`) });
  const { shop } = of;
  const mayMend = may && shop && of.state !== "undone";
  const mended = (file: File) => {
    // No encoding: the failed rows came out as UTF-8, and a spreadsheet may save them in another one yet.
    if (shop) onSend({ file, shopId: shop.id, newShop: null, reading: { profile: of.profile, encoding: null, map: mapLike(of.mapping) }, dryRun: of.dry_run, hold: false }, "mended");
    return false;
  };
  return (
    <>
      <div className={styles.buttons}>
        <Button icon={<DownloadOutlined />} loading={busy(rows.isPending)} onClick={download}>{t("imports.download")}</Button>
        {mayMend && (
          <Upload accept=".csv,.tsv,.txt,.xlsx" showUploadList={false} beforeUpload={mended}>
            <Button icon={<UploadOutlined />} loading={busy(sending)}>{t("imports.mended")}</Button>
          </Upload>
        )}
      </div>
      <Trouble error={rows.error ?? error} />
      {mayMend && <p className={`${styles.quiet} ${styles.after}`}>{t("imports.mendHint")}</p>}
    </>
  );
}
