import { App, Select, Switch } from "antd";
import { useTranslation } from "react-i18next";
import { useSetGuardRule } from "../../api/guard";
import { useMay } from "../../api/session";
import type { GuardRule, GuardSeverity } from "../../api/types";
import styles from "../../components/Guard/Guard.module.css";
import { inLanguage } from "../../components/Guard/said";
import { GuardSeverityName } from "../../components/Guard/Severity";
import { Sources } from "../../components/Guard/Sources";
import { Trouble } from "../../components/Trouble/Trouble";

const severities: readonly GuardSeverity[] = ["warn", "hold", "block"];

/** One rule as it stands for a shop. */
export function RuleRow({ rule, shop }: { rule: GuardRule; shop: string | undefined }) {
  const { t, i18n } = useTranslation();
  return (
    <li className={styles.rule} aria-label={rule.rule}>
      <div className={styles.top}>
        <b>{rule.rule}</b>
        {rule.severity ? <GuardSeverityName of={rule.severity} /> : <span>{t("guard.off")}</span>}
        {rule.own && <span>{t("guard.ownRule")}</span>}
        <span className={styles.spread} />
        {shop && <Stricter rule={rule} shop={shop} />}
      </div>
      <p className={styles.line}>{inLanguage(rule.why, i18n.language)}</p>
      <p className={styles.quiet}>{t("guard.risk", { risk: inLanguage(rule.risk, i18n.language) })}</p>
      <p className={styles.quiet}><Sources sources={rule.sources} grade={rule.grade} /></p>
      {rule.fails.length + rule.passes.length > 0 && <Examples rule={rule} />}
    </li>
  );
}

function Examples({ rule }: { rule: GuardRule }) {
  const { t, i18n } = useTranslation();
  return (
    <div className={styles.examples}>
      {([["fails", rule.fails], ["passes", rule.passes]] as const).map(([key, texts]) => (
        <div key={key}>
          <span className={styles.quiet}>{t(`guard.${key}`)}</span>
          <ul>
            {texts.slice(0, 4).map(({ text, given }) => (
              <li key={text}>{text}{given && <span className={styles.quiet}> ({inLanguage(given, i18n.language)})</span>}</li>
            ))}
          </ul>
        </div>
      ))}
    </div>
  );
}

/** What the owner may set: a higher severity, and a rule that platform and law do not ask for. Never less. */
function Stricter({ rule, shop }: { rule: GuardRule; shop: string }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const may = useMay("guard.manage");
  const set = useSetGuardRule();
  if (!may) return null;
  const save = (severity: GuardSeverity | null, on: boolean) =>
    set.mutate({ shop, rule: rule.rule, severity, switched_on: on }, { onSuccess: () => void message.success(t("guard.ruleSaved", { rule: rule.rule })) });
  const isOn = rule.severity !== null;
  const least = severities.indexOf(rule.base ?? "warn");
  return (
    <span className={styles.buttons}>
      {rule.base === null && <Switch size="small" checked={isOn} loading={set.isPending} onChange={(on) => save(null, on)} aria-label={t("guard.switch", { rule: rule.rule })} />}
      {isOn && rule.base !== "block" && (
        <Select
          size="small"
          style={{ width: 130 }}
          value={rule.severity}
          loading={set.isPending}
          aria-label={t("guard.severityOf", { rule: rule.rule })}
          onChange={(severity) => save(severity === rule.base ? null : severity, rule.base === null)}
          options={severities.filter((_, index) => index >= least).map((value) => ({ value, label: t(`guard.severity.${value}`) }))}
        />
      )}
      <Trouble error={set.error} />
    </span>
  );
}
