import { App, Button, Input, Skeleton } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useDecideScript, useRestoreScript, useScriptVersions } from "../../api/scripts";
import { useMay } from "../../api/session";
import type { ScriptVersion } from "../../api/types";
import { busy } from "../Busy/busy";
import { inLanguage } from "../Guard/said";
import { GuardSeverityName } from "../Guard/Severity";
import { Panel } from "../Panel/Panel";
import { Trouble } from "../Trouble/Trouble";
import { When } from "../When/When";
import styles from "./Scripts.module.css";

/** Every version of a script of one's own, the newest first; one that waits is decided here. */
export function Versions({ of, mayWrite }: { of: string; mayWrite: boolean }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const { data, error, refetch } = useScriptVersions(of);
  const restore = useRestoreScript(of);
  return (
    <Panel title={t("scripts.versions")}>
      <Trouble error={error} onRetry={() => void refetch()} />
      {!data && !error && <Skeleton active paragraph={{ rows: 3 }} />}
      <ol className={styles.versions} aria-label={t("scripts.versions")}>
        {data?.map((version, index) => (
          <li key={version.number}>
            <p className={styles.top}>
              <b>{t("scripts.version", { number: version.number })}</b>
              <span className={styles[version.state]}>{t(`scripts.state.${version.state}`)}</span>
              <span className={styles.quiet}>{version.written_by?.name ?? t("cases.system")} · <When at={version.written_at} /></span>
              <span className={styles.spread} />
              {mayWrite && index > 0 && <Button size="small" type="link" loading={busy(restore.isPending)} onClick={() => restore.mutate(version.number, { onSuccess: () => void message.success(t("scripts.restored")) })}>{t("scripts.restore")}</Button>}
            </p>
            <p className={styles.words}>{version.script.texts.zh ?? version.script.texts.en}</p>
            <Decided of={version} />
            {version.state === "waiting" && <Decide of={of} version={version} />}
          </li>
        ))}
      </ol>
      <Trouble error={restore.error} />
    </Panel>
  );
}

function Decided({ of }: { of: ScriptVersion }) {
  const { t, i18n } = useTranslation();
  return (
    <>
      {of.findings.map((finding) => <p key={finding.rule} className={styles.quiet}><GuardSeverityName of={finding.severity} />{inLanguage(finding.why, i18n.language)} {finding.rule} · {finding.sources.join(", ")}</p>)}
      {of.reason && <p className={styles.quiet}>{of.decided_by?.name ?? t("cases.system")}: {of.reason}</p>}
    </>
  );
}

/** A second person lets a version pass or sends it back, with a reason. */
function Decide({ of, version }: { of: string; version: ScriptVersion }) {
  const { t } = useTranslation();
  const may = useMay("guard.review");
  const decide = useDecideScript(of);
  const [reason, setReason] = useState("");
  if (!may) return <p className={styles.quiet}>{t("guard.waits")}</p>;
  const run = (passes: boolean) => decide.mutate({ version: version.number, passes, reason: reason.trim() });
  return (
    <div className={styles.decide}>
      <Input value={reason} maxLength={500} aria-label={t("guard.reason")} placeholder={t("guard.reasonExample")} onChange={(event) => setReason(event.target.value)} />
      <Button size="small" type="primary" disabled={!reason.trim()} loading={busy(decide.isPending)} onClick={() => run(true)}>{t("guard.release")}</Button>
      <Button size="small" disabled={!reason.trim()} loading={busy(decide.isPending)} onClick={() => run(false)}>{t("guard.refuse")}</Button>
      <Trouble error={decide.error} />
    </div>
  );
}
