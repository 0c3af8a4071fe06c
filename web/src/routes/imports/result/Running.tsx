import { App, Button, Progress } from "antd";
import { useTranslation } from "react-i18next";
import { useCancelImport } from "../../../api/imports";
import { useMay } from "../../../api/session";
import type { Import } from "../../../api/types";
import { busy } from "../../../components/Busy/busy";
import { Trouble } from "../../../components/Trouble/Trouble";
import { formatBytes, formatNumber } from "../../../format/number";
import styles from "../Imports.module.css";

/** How far an import has come, or its undoing. */
export function Running({ of }: { of: Import }) {
  const { t, i18n } = useTranslation();
  const { modal } = App.useApp();
  const cancel = useCancelImport();
  const may = useMay("import.create");
  const number = (value: number) => formatNumber(value, i18n.language);
  const isUndoing = of.state === "undoing";
  const percent = of.bytes > 0 ? Math.min(100, Math.floor((100 * of.bytes_read) / of.bytes)) : 0;
  // How many there are to undo is not known beforehand; how many rows came in is close to it.
  const undone = of.undo ? of.undo.removed + of.undo.restored + of.undo.kept : 0;
  const undonePercent = Math.min(99, Math.floor((100 * undone) / Math.max(1, of.new + of.updated)));
  const ask = () =>
    modal.confirm({
      title: t("imports.cancelTitle"),
      content: t("imports.cancelText", { rows: number(of.rows) }),
      okText: t("imports.cancelOk"),
      okButtonProps: { danger: true },
      cancelText: t("imports.cancelKeep"),
      onOk: () => cancel.mutateAsync(of.id).catch(() => undefined),
    });
  const said = () => {
    if (isUndoing) return t("imports.undo.running", { count: undone });
    if (of.state === "queued") return t("imports.queuedHint");
    return [
      t("imports.read", { read: formatBytes(of.bytes_read, i18n.language), bytes: formatBytes(of.bytes, i18n.language) }),
      t("imports.rows", { rows: number(of.rows) }),
      of.media_files > 0 && t("imports.media", { count: of.media_files }),
    ].filter(Boolean).join(" · ");
  };
  return (
    <div className={styles.running}>
      <Progress percent={isUndoing ? undonePercent : percent} status="active" aria-label={of.file_name} />
      <p className={styles.quiet} role="status">{said()}</p>
      {may && !isUndoing && <Button size="small" onClick={ask} loading={busy(cancel.isPending)}>{t("imports.cancel")}</Button>}
      <Trouble error={cancel.error} />
    </div>
  );
}
