import { App, Button, Progress, Skeleton } from "antd";
import { useTranslation } from "react-i18next";
import { busy } from "../../components/Busy/busy";
import { isRunning, useCancelImport, useImport } from "../../api/imports";
import { useMay } from "../../api/session";
import type { Import } from "../../api/types";
import { LinkButton } from "../../components/LinkButton/LinkButton";
import { Panel } from "../../components/Panel/Panel";
import { Trouble } from "../../components/Trouble/Trouble";
import { formatBytes, formatNumber } from "../../format/number";
import { Counts } from "./Counts";
import { Failures } from "./Failures";
import type { ImportForm } from "./form";
import styles from "./Imports.module.css";
import { Mapping } from "./Mapping";
import { ResultHead } from "./ResultHead";

interface Props {
  id: string;
  wishes: ImportForm["columns"];
  /** Reads the same file again; absent when it is no longer at hand. */
  onAgain?: (dryRun: boolean) => void;
  onColumn?: (column: string, field: string) => void;
}

/** One import: live while it runs, then what came of it. */
export function Result({ id, wishes, onAgain, onColumn }: Props) {
  const { t } = useTranslation();
  const { data: found, error, refetch } = useImport(id);
  if (error && !found) return <div className={styles.pad}><Trouble error={error} onRetry={() => void refetch()} /></div>;
  if (!found) return <div className={styles.pad}><Skeleton active /></div>;
  const shopQuery = found.shop ? `?shop=${found.shop.id}` : "";
  const wrote = !found.dry_run && found.new + found.updated > 0;
  const columns = wishes.length > 0 && onAgain;
  return (
    <>
      <section className={styles.pad} aria-label={t("imports.result")}>
        <ResultHead of={found} />
        {isRunning(found.state) ? <Running of={found} /> : null}
        {found.error && <Trouble error={new Error()} said={found.error.message} />}
        {(found.rows > 0 || found.state === "done") && <Counts of={found} />}
        <div className={styles.buttons}>
          {found.state === "done" && found.dry_run && onAgain && !columns && <Button type="primary" onClick={() => onAgain(false)}>{t("imports.realImport")}</Button>}
          {wrote && found.cases_opened > 0 && <LinkButton to={`/cases${shopQuery}`} type="primary">{t("imports.seeCases")}</LinkButton>}
          {wrote && found.kind !== "orders" && <LinkButton to={`/reviews${shopQuery}`}>{t("imports.seeReviews")}</LinkButton>}
        </div>
      </section>
      {found.failed > 0 && !isRunning(found.state) && <Panel title={t("imports.failures")}><Failures of={found} /></Panel>}
      {found.mapping.length > 0 && (
        <Panel title={t("imports.mapping")} extra={onColumn && <span className={styles.quiet}>{t("imports.mappingHint")}</span>}>
          <Mapping mapping={found.mapping} wishes={wishes} onChange={isRunning(found.state) ? undefined : onColumn} />
          {columns && !isRunning(found.state) && (
            <div className={styles.buttons}>
              <Button type="primary" onClick={() => columns(false)}>{t("imports.again")}</Button>
              <Button onClick={() => columns(true)}>{t("imports.againDry")}</Button>
            </div>
          )}
        </Panel>
      )}
    </>
  );
}

function Running({ of }: { of: Import }) {
  const { t, i18n } = useTranslation();
  const { modal } = App.useApp();
  const cancel = useCancelImport();
  const may = useMay("import.create");
  const percent = of.bytes > 0 ? Math.min(100, Math.floor((100 * of.bytes_read) / of.bytes)) : 0;
  const ask = () =>
    modal.confirm({
      title: t("imports.cancelTitle"),
      content: t("imports.cancelText", { rows: formatNumber(of.rows, i18n.language) }),
      okText: t("imports.cancelOk"),
      okButtonProps: { danger: true },
      cancelText: t("imports.cancelKeep"),
      onOk: () => cancel.mutateAsync(of.id).catch(() => undefined),
    });
  return (
    <div className={styles.running}>
      <Progress percent={percent} status="active" aria-label={of.file_name} />
      <p className={styles.quiet} role="status">
        {of.state === "queued"
          ? t("imports.queuedHint")
          : [t("imports.read", { read: formatBytes(of.bytes_read, i18n.language), bytes: formatBytes(of.bytes, i18n.language) }), t("imports.rows", { rows: formatNumber(of.rows, i18n.language) })].join(" · ")}
      </p>
      {may && <Button size="small" onClick={ask} loading={busy(cancel.isPending)}>{t("imports.cancel")}</Button>}
      <Trouble error={cancel.error} />
    </div>
  );
}
