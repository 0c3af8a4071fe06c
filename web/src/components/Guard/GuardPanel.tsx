import { App, Button } from "antd";
import { useTranslation } from "react-i18next";
import { useGuardCheck, useMarkAlarm } from "../../api/guard";
import { useMay } from "../../api/session";
import type { GuardAnswer, GuardCheck } from "../../api/types";
import { busy } from "../Busy/busy";
import { Trouble } from "../Trouble/Trouble";
import { FindingLine } from "./FindingLine";
import styles from "./Guard.module.css";
import { GuardedText } from "./GuardedText";
import { useDebounced } from "./useDebounced";
import { Verdict } from "./Verdict";

/** How long nobody has typed before a text is checked. */
const rest = 350;
/** A single character says nothing. */
const least = 2;

interface Props {
  text: string;
  /** Where the text goes and what it is about. */
  where: Omit<GuardCheck, "text">;
  /** Takes the sentence that may be sent instead. */
  onUse?: (text: string) => void;
  /** A text that may be sent is told so too. */
  isAlways?: boolean;
}

/** The guard beside any field: what is wrong with the words, why, where that stands, and what may be sent instead. */
export function GuardPanel({ text, where, onUse, isAlways = false }: Props) {
  const { t } = useTranslation();
  const rested = useDebounced(text.trim(), rest);
  const ask = rested.length < least ? null : { ...where, text: rested };
  const { data, error, isPlaceholderData } = useGuardCheck(ask);
  // What is shown is of an older text while somebody types: nothing is done with that.
  const isOld = isPlaceholderData || rested !== text.trim();
  if (!ask || text.trim().length < least) return null;
  // The server looks again when the text is kept, so a check that failed hinders nobody.
  if (error && !data) return <p className={styles.quiet} role="status">{t("guard.later")}</p>;
  if (!data || (data.verdict === "allow" && !isAlways)) return null;
  return (
    <section className={styles.panel} data-verdict={data.verdict} aria-label={t("guard.title")}>
      <Verdict answer={data} />
      {data.findings.length > 0 && <Findings answer={data} ask={ask} isOld={isOld} onUse={onUse} />}
    </section>
  );
}

function Findings({ answer, ask, isOld, onUse }: { answer: GuardAnswer; ask: GuardCheck; isOld: boolean; onUse?: (text: string) => void }) {
  const { t } = useTranslation();
  return (
    <>
      <GuardedText text={ask.text} findings={answer.findings} />
      <ul className={styles.findings} aria-label={t("guard.findings")}>
        {answer.findings.map((finding) => <FindingLine key={finding.rule} of={finding} />)}
      </ul>
      {answer.rewrite ? (
        <p className={styles.rewrite}>
          <span>{answer.rewrite}</span>
          {onUse && <Button size="small" disabled={isOld} onClick={() => onUse(answer.rewrite ?? "")}>{t("guard.use")}</Button>}
        </p>
      ) : (
        <p className={styles.quiet}>{t("guard.noWords")}</p>
      )}
      <Alarm ask={ask} isOld={isOld} />
    </>
  );
}

/** One click for a text that may be sent after all: the guard learns from it. */
function Alarm({ ask, isOld }: { ask: GuardCheck; isOld: boolean }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const may = useMay("case.handle");
  const mark = useMarkAlarm();
  if (!may) return null;
  const send = () => mark.mutate(ask, { onSuccess: ({ teaches }) => void message.success(t(teaches ? "guard.alarmTaught" : "guard.alarmKept")) });
  return (
    <>
      <span><Button type="link" size="small" style={{ paddingInline: 0 }} loading={busy(mark.isPending)} disabled={isOld || (mark.isSuccess && mark.variables.text === ask.text)} onClick={send}>{t("guard.alarm")}</Button></span>
      <Trouble error={mark.error} />
    </>
  );
}
