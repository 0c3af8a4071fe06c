import { Button, Select } from "antd";
import { useTranslation } from "react-i18next";
import type { CaseScript, CaseScripts } from "../../api/types";
import { saidIn } from "../Removal/said";
import styles from "./Composer.module.css";

interface Props {
  offered: CaseScripts | undefined;
  chosen: string | null;
  onChoose: (script: CaseScript) => void;
  onNone: () => void;
}

/** The script that fits best, with the reason, and all others that fit. */
export function ScriptChoice({ offered, chosen, onChoose, onNone }: Props) {
  const { t, i18n } = useTranslation();
  if (!offered) return <p className={styles.quiet}>{t("composer.looking")}</p>;
  const [best] = offered.scripts;
  if (!best) return <p className={styles.quiet}>{t("composer.noScript")}</p>;
  const why = (script: CaseScript) => script.because.map((word) => (word === "step" ? t(`scripts.step.${script.step}`) : t(`scripts.because.${word}`))).join(" · ");
  const choose = (key: string | undefined) => {
    const script = offered.scripts.find((each) => each.key === key);
    if (script) onChoose(script);
    else onNone();
  };
  return (
    <div className={styles.choice}>
      {chosen === null && (
        <p className={styles.best}>
          <span>{t("composer.best")}<b>{saidIn(best.title, i18n.language)}</b> <span className={styles.quiet}>{why(best)}</span></span>
          <Button size="small" onClick={() => onChoose(best)}>{t("composer.useBest")}</Button>
        </p>
      )}
      <Select
        showSearch={{ optionFilterProp: "search" }}
        allowClear
        style={{ width: "100%" }}
        aria-label={t("composer.script")}
        placeholder={t("composer.choose", { count: offered.scripts.length })}
        value={chosen ?? undefined}
        onChange={choose}
        options={offered.scripts.map((script) => ({
          value: script.key,
          search: `${script.title.zh} ${script.title.en} ${script.text} ${script.key}`,
          label: `${saidIn(script.title, i18n.language)} · ${why(script)}`,
        }))}
      />
    </div>
  );
}
