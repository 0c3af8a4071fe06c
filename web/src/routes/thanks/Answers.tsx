import { App, Button, Drawer, Input, Skeleton } from "antd";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { afterwards } from "../../api/change";
import { useProposeThanks, useWriteThanks } from "../../api/thanks";
import type { PraiseWaiting } from "../../api/types";
import { busy } from "../../components/Busy/busy";
import { GuardPanel } from "../../components/Guard/GuardPanel";
import { inLanguage } from "../../components/Guard/said";
import { useCopy } from "../../components/Once/useCopy";
import tasks from "../../components/Tasks/Tasks.module.css";
import { Trouble } from "../../components/Trouble/Trouble";
import { Stars } from "../../components/Words/Stars";
import styles from "./Thanks.module.css";

interface Draft {
  text: string;
  script: string | null;
  limit: number;
  problem: string | null;
  /** Kept by the desk; it waits to be put up on the platform. */
  isKept: boolean;
}

/** The answers to some good reviews: proposed, each from another script, changed where somebody likes, kept and copied. */
export function Answers({ of, onClose }: { of: readonly PraiseWaiting[]; onClose: () => void }) {
  const { t, i18n } = useTranslation();
  const { message } = App.useApp();
  const propose = useProposeThanks();
  const write = useWriteThanks();
  const [drafts, setDrafts] = useState<ReadonlyMap<string, Draft>>(new Map());
  const { mutate } = propose;
  useEffect(() => {
    mutate(of.map(({ review }) => review.id), {
      onSuccess: ({ proposals }) => setDrafts(new Map(proposals.map(({ review, text, script, limit, problem }) =>
        [review, { text: text ?? "", script, limit, problem: problem && inLanguage(problem, i18n.language), isKept: false }]))),
    });
  }, [mutate, of]);
  const change = (id: string, part: Partial<Draft>) => setDrafts((now) => {
    const before = now.get(id);
    return before ? new Map(now).set(id, { ...before, ...part }) : now;
  });
  const copy = useCopy();
  const open = of.flatMap(({ review }) => {
    const draft = drafts.get(review.id);
    return draft && !draft.isKept && draft.text.trim() !== "" ? [{ review: review.id, text: draft.text.trim(), script: draft.script }] : [];
  });
  const save = () => afterwards(write.mutateAsync(open), ({ results }) => {
    for (const { review, problem } of results) change(review, problem ? { problem: inLanguage(problem, i18n.language) } : { isKept: true, problem: null });
    const kept = results.filter(({ problem }) => problem === null).length;
    void message.info(t(kept === results.length ? "thanks.kept" : "thanks.keptSome", { count: kept, left: results.length - kept }));
  });
  return (
    <Drawer
      open
      size="large"
      title={t("thanks.answers", { count: of.length })}
      onClose={onClose}
      footer={<Button type="primary" disabled={open.length === 0} loading={busy(write.isPending)} onClick={save}>{t("thanks.keep", { count: open.length })}</Button>}
    >
      <p className={styles.quiet}>{t("thanks.how")}</p>
      <Trouble error={propose.error ?? write.error} />
      {propose.isPending && <Skeleton active />}
      <ul className={tasks.list} aria-label={t("thanks.answers", { count: of.length })}>
        {of.map(({ review }) => {
          const draft = drafts.get(review.id);
          if (!draft) return null;
          return (
            <li key={review.id} className={tasks.task}>
              <div className={tasks.top}>
                <Stars rating={review.rating} verdict={review.verdict} compact />
                <span>{review.shop.name}</span>
                {review.order_number && <span>{review.order_number}</span>}
              </div>
              <p className={tasks.text}>{review.text || t("thanks.noWords")}</p>
              <Input.TextArea
                value={draft.text}
                readOnly={draft.isKept}
                maxLength={draft.limit}
                autoSize={{ minRows: 1, maxRows: 6 }}
                aria-label={t("thanks.answerTo", { text: review.text.slice(0, 20) })}
                status={draft.problem ? "error" : undefined}
                onChange={(event) => change(review.id, { text: event.target.value, problem: null })}
              />
              {!draft.isKept && <GuardPanel text={draft.text} where={{ review: review.id, channel: "public_reply" }} onUse={(text) => change(review.id, { text })} />}
              {draft.problem && <p className={styles.refused} role="alert">{draft.problem}</p>}
              {draft.isKept && <div className={tasks.buttons}><span className={tasks.done}>{t("thanks.isKept")}</span><Button size="small" onClick={() => void copy(draft.text)}>{t("thanks.copy")}</Button></div>}
            </li>
          );
        })}
      </ul>
    </Drawer>
  );
}
