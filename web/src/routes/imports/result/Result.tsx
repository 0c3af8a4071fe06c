import { Button, Skeleton } from "antd";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import { useStartDraft } from "../../../api/drafts";
import { isRunning, useImport } from "../../../api/imports";
import { useMay } from "../../../api/session";
import type { Import } from "../../../api/types";
import { busy } from "../../../components/Busy/busy";
import { LinkButton } from "../../../components/LinkButton/LinkButton";
import { Panel } from "../../../components/Panel/Panel";
import { Trouble } from "../../../components/Trouble/Trouble";
import styles from "../Imports.module.css";
import type { FileAtHand, Send, SentFrom } from "../useFiles";
import { Counts } from "./Counts";
import { Failures } from "./Failures";
import { Mapping } from "./Mapping";
import { ResultHead } from "./ResultHead";
import { Running } from "./Running";
import { Undo, Undone } from "./Undo";

interface Props {
  id: string;
  /** The file and how it was read, while both are at hand. */
  at: FileAtHand | undefined;
  sending: boolean;
  failure: { from: SentFrom; error: unknown } | null;
  /** Takes a file in and shows what becomes of it. */
  onSend: Send;
}

/** Kinds of files that bring reviews. */
const withReviews = ["reviews", "mixed"];

/** One import: live while it runs, then what came of it. */
export function Result({ id, at, sending, failure, onSend }: Props) {
  const { t } = useTranslation();
  const { data: found, error, refetch } = useImport(id);
  if (error && !found) return <div className={styles.pad}><Trouble error={error} onRetry={() => void refetch()} /></div>;
  if (!found) return <div className={styles.pad}><Skeleton active /></div>;
  const errorOf = (from: SentFrom) => (failure?.from === from ? failure.error : null);
  const isOver = !isRunning(found.state);
  return (
    <>
      <section className={styles.pad} aria-label={t("imports.result")}>
        <ResultHead of={found} />
        {!isOver && <Running of={found} />}
        {found.error && <Trouble error={found.error} said={found.error.message} />}
        {(found.rows > 0 || found.state === "done") && <Counts of={found} />}
        {found.undo && <Undone of={found.undo} />}
        {isOver && <Next of={found} at={at} sending={sending} error={errorOf("again")} onSend={onSend} />}
      </section>
      {found.failed > 0 && isOver && <Panel title={t("imports.failures")}><Failures of={found} sending={sending} error={errorOf("mended")} onSend={onSend} /></Panel>}
      {found.mapping.length > 0 && <Panel title={t("imports.mapping")}><Mapping mapping={found.mapping} /></Panel>}
    </>
  );
}

/** What can be done with an import that is over. */
function Next({ of: found, at, sending, error, onSend }: { of: Import; error: unknown } & Pick<Props, "at" | "sending" | "onSend">) {
  const { t } = useTranslation();
  const may = useMay("import.create");
  const shop = found.shop;
  const shopQuery = shop ? `?shop=${shop.id}` : "";
  const wrote = !found.dry_run && found.state !== "undone" && found.new + found.updated > 0;
  const go = useNavigate();
  const start = useStartDraft();
  const draft = may && found.dry_run ? found.draft_id : null;
  const file = may && shop && at?.reading ? at : null;
  const inEarnest = () =>
    draft && at?.reading && start.mutate({ id: draft, reading: at.reading, dryRun: false, saveAs: null }, { onSuccess: ({ id }) => void go(`/imports/${id}`) });
  const again = (hold: boolean) => file?.reading && shop && onSend({ file: file.file, shopId: shop.id, newShop: null, reading: file.reading, dryRun: false, hold }, "again");
  return (
    <>
      <div className={styles.buttons}>
        {draft && found.state === "done" && at?.reading && <Button type="primary" loading={busy(start.isPending)} onClick={inEarnest}>{t("imports.realImport")}</Button>}
        {draft && <LinkButton to={`/imports/${draft}`}>{t("imports.otherWay")}</LinkButton>}
        {!draft && found.dry_run && found.state === "done" && file && <Button type="primary" disabled={sending} onClick={() => again(false)}>{t("imports.realImport")}</Button>}
        {wrote && found.cases_opened > 0 && <LinkButton to={`/cases${shopQuery}`} type="primary">{t("imports.seeCases")}</LinkButton>}
        {wrote && withReviews.includes(found.kind ?? "reviews") && <LinkButton to={`/reviews${shopQuery}`}>{t("imports.seeReviews")}</LinkButton>}
        {!draft && file && <Button disabled={sending} onClick={() => again(true)}>{t("imports.otherWay")}</Button>}
        {wrote && may && <Undo of={found} />}
      </div>
      <Trouble error={error ?? start.error} />
      {found.dry_run && may && !file && !draft && <p className={styles.quiet}>{t("imports.chooseAgain")}</p>}
    </>
  );
}
