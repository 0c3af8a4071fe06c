import { App, Button, Input } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { afterwards } from "../../api/change";
import { useDecideHolds } from "../../api/guard";
import { busy } from "../../components/Busy/busy";
import styles from "../../components/Guard/Guard.module.css";
import { inLanguage } from "../../components/Guard/said";
import { Trouble } from "../../components/Trouble/Trouble";

interface Props {
  ids: readonly string[];
  /** Told of each that stays as it was, with the reason. */
  onDone: (problems: ReadonlyMap<string, string>) => void;
}

/** Decides several held texts with one reason; each is decided for itself. */
export function ManyHolds({ ids, onDone }: Props) {
  const { t, i18n } = useTranslation();
  const { message } = App.useApp();
  const [reason, setReason] = useState("");
  const [missing, setMissing] = useState(false);
  const decide = useDecideHolds();
  const say = (release: boolean) => {
    if (reason.trim() === "") return setMissing(true);
    afterwards(decide.mutateAsync({ ids: [...ids], release, reason: reason.trim() }), ({ results }) => {
      const problems = new Map(results.flatMap(({ id, problem }) => (problem ? [[id, inLanguage(problem, i18n.language)] as const] : [])));
      void message.info(t("guard.manyDone", { done: results.length - problems.size, left: problems.size }));
      setReason("");
      onDone(problems);
    });
  };
  return (
    <div className={styles.decide} role="group" aria-label={t("guard.many", { count: ids.length })}>
      <span>{t("guard.many", { count: ids.length })}</span>
      <Input value={reason} maxLength={500} aria-label={t("guard.manyReason")} placeholder={t("guard.reasonExample")} status={missing ? "error" : undefined} onChange={(event) => { setReason(event.target.value); setMissing(false); }} />
      <div className={styles.buttons}>
        <Button type="primary" loading={busy(decide.isPending && decide.variables.release)} onClick={() => say(true)}>{t("guard.manyRelease")}</Button>
        <Button loading={busy(decide.isPending && !decide.variables.release)} onClick={() => say(false)}>{t("guard.manyRefuse")}</Button>
        {missing && <span className={styles.refused} role="alert">{t("guard.reasonMissing")}</span>}
      </div>
      <Trouble error={decide.error} />
    </div>
  );
}
