import { App, Button } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { afterwards } from "../../../api/change";
import { type CaseWish, useSetState, useSplitCase, useUndoMove } from "../../../api/cases";
import { useMay, useMe } from "../../../api/session";
import type { Case } from "../../../api/types";
import { busy } from "../../../components/Busy/busy";
import { useKeys } from "../../../components/Keys/useKeys";
import { useUndo } from "../../../components/Keys/useUndo";
import { LinkButton } from "../../../components/LinkButton/LinkButton";
import { Trouble } from "../../../components/Trouble/Trouble";
import { EndCase } from "./EndCase";
import styles from "./Plan.module.css";
import { ReopenCase } from "./ReopenCase";
import { WaitCase } from "./WaitCase";

/** Waiting, going on, ending, opening again: each by a button and a key, each taken back. */
export function Moves({ found }: { found: Case }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const { data: me } = useMe();
  const mayHandle = useMay("case.handle");
  const mayAssign = useMay("case.assign");
  const offer = useUndo();
  const change = useSetState(found.id);
  const undo = useUndoMove(found.id);
  const split = useSplitCase(found.id);
  const [open, setOpen] = useState<"wait" | "end" | "reopen" | null>(null);
  const isMerged = found.merged_into !== null;
  const isLive = found.state !== "solved" && found.state !== "closed";
  const may = mayHandle && (found.owner === null || found.owner.id === me?.user.id || mayAssign);
  useKeys({ w: may && isLive ? () => setOpen("wait") : undefined, e: may && isLive ? () => setOpen("end") : undefined });
  if (!may) return null;

  const move = (wish: CaseWish, said: string) =>
    afterwards(change.mutateAsync({ wish, version: found.version }), () => {
      setOpen(null);
      offer(said, () => afterwards(undo.mutateAsync(undefined), () => void message.success(t("cases.takenBack"))));
    });
  const end = (wish: CaseWish) => move(wish, wish.outcome ? t("casework.ended", { outcome: t(`outcome.${wish.outcome}`) }) : t("casework.closed"));
  const isBusy = busy(change.isPending || undo.isPending || split.isPending);
  return (
    <>
      <div className={styles.buttons} role="group" aria-label={t("casework.move")}>
        {isLive && <Button onClick={() => setOpen("wait")} title="w">{t("casework.wait")}</Button>}
        {found.state === "waiting" && <Button loading={isBusy} onClick={() => move({ state: "in_progress" }, t("casework.resumed"))}>{t("casework.resume")}</Button>}
        {isLive && <Button onClick={() => setOpen("end")} title="e">{t("casework.end")}</Button>}
        {found.state === "solved" && <Button loading={isBusy} onClick={() => move({ state: "closed" }, t("casework.closed"))}>{t("casework.close")}</Button>}
        {!isLive && !isMerged && <Button onClick={() => setOpen("reopen")}>{t("casework.reopen")}</Button>}
        {isMerged && (
          <>
            <span className={styles.quiet}>{t("casework.goesOnIn")}</span>
            <LinkButton to={`/cases/${found.merged_into}`}>{t("casework.openOther")}</LinkButton>
            <Button loading={isBusy} onClick={() => afterwards(split.mutateAsync(undefined), () => void message.success(t("casework.splitDone")))}>{t("casework.split")}</Button>
          </>
        )}
      </div>
      <Trouble error={open ? null : (change.error ?? undo.error ?? split.error)} />
      {open === "wait" && <WaitCase caseId={found.id} error={change.error} busy={change.isPending} onClose={() => setOpen(null)} onWait={(wish) => move(wish, t("casework.waiting"))} />}
      {open === "end" && <EndCase caseId={found.id} error={change.error} busy={change.isPending} onClose={() => setOpen(null)} onEnd={end} />}
      {open === "reopen" && <ReopenCase caseId={found.id} error={change.error} busy={change.isPending} onClose={() => setOpen(null)} onReopen={(text) => move({ state: "open", text }, t("casework.reopened"))} />}
    </>
  );
}
