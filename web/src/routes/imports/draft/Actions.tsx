import { App, Button } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useStartDraft } from "../../../api/drafts";
import { type Reading, useCancelImport } from "../../../api/imports";
import type { Import, ImportPreview } from "../../../api/types";
import { busy } from "../../../components/Busy/busy";
import { Trouble } from "../../../components/Trouble/Trouble";
import imports from "../Imports.module.css";
import { clarityOf } from "./clarity";
import { Remember } from "./Remember";

interface Props {
  of: Import;
  preview: ImportPreview;
  reading: Reading;
  /** The preview is of before the last change. */
  waiting: boolean;
  /** Hears how it is read, and the import that it became: for a dry run another than the draft. */
  onStarted: (reading: Reading, started: string) => void;
  onThrownAway: () => void;
}

/** Reads the draft in, tries it, keeps its columns for next time, or throws it away. */
export function Actions({ of, preview, reading, waiting, onStarted, onThrownAway }: Props) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const [name, setName] = useState<string | null>(null);
  const [missing, setMissing] = useState(false);
  const start = useStartDraft();
  const cancel = useCancelImport();
  const clarity = clarityOf(preview);
  const mayStart = (clarity === "clear" || clarity === "look") && !waiting;
  const run = (dryRun: boolean) => {
    const saveAs = name?.trim() ?? null;
    setMissing(saveAs === "");
    if (saveAs !== "") start.mutate({ id: of.id, reading, dryRun, saveAs }, { onSuccess: (started) => onStarted(reading, started.id) });
  };
  const throwAway = () =>
    cancel.mutate(of.id, {
      onSuccess: () => {
        void message.info(t("draft.thrownAway", { name: of.file_name }));
        onThrownAway();
      },
    });
  // A known export that was read as it is needs no name of its own.
  const isWorthKeeping = (clarity !== "clear" && clarity !== "unreadable") || reading.map !== null || name !== null;
  return (
    <>
      {isWorthKeeping && (
        <Remember name={name} suggestion={of.file_name.replace(/\.[^.]+$/u, "")} missing={missing} onChange={(now) => { setName(now); setMissing(false); }} />
      )}
      <Trouble error={start.error ?? cancel.error} />
      <div className={imports.buttons}>
        <Button type="primary" disabled={!mayStart} loading={busy(start.isPending)} onClick={() => run(false)}>{t("imports.submit")}</Button>
        <Button disabled={!mayStart || start.isPending} title={t("imports.dryRunHint")} onClick={() => run(true)}>{t("imports.dryRun")}</Button>
        <Button type="text" disabled={start.isPending} loading={busy(cancel.isPending)} onClick={throwAway}>{t("draft.throwAway")}</Button>
      </div>
    </>
  );
}
