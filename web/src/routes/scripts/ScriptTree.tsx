import { useTranslation } from "react-i18next";
import type { Cause, Script, ScriptStep } from "../../api/types";
import { causes, steps } from "./filter";
import styles from "./Scripts.module.css";

interface Props {
  scripts: readonly Script[];
  step: ScriptStep | null;
  cause: Cause | null;
  onChoose: (step: ScriptStep | null, cause: Cause | null) => void;
}

/** Scripts by step, and within the chosen step by complaint, each with how many there are. */
export function ScriptTree({ scripts, step, cause, onChoose }: Props) {
  const { t } = useTranslation();
  const leaf = (name: string, count: number, isChosen: boolean, choose: () => void, key: string, isInner = false) => (
    <li key={key} className={isInner ? styles.inner : undefined}>
      <button type="button" aria-current={isChosen ? "true" : undefined} onClick={choose}>
        <span>{name}</span>
        <span className={styles.number}>{count}</span>
      </button>
    </li>
  );
  return (
    <nav className={styles.tree} aria-label={t("scripts.tree")}>
      <ul>
        {leaf(t("scripts.all"), scripts.length, step === null && cause === null, () => onChoose(null, null), "all")}
        {steps.flatMap((each) => {
          const ofStep = scripts.filter((script) => script.step === each);
          if (ofStep.length === 0) return [];
          const rows = [leaf(t(`scripts.step.${each}`), ofStep.length, step === each && cause === null, () => onChoose(each, null), each)];
          if (step === each) {
            for (const of of causes) {
              const count = ofStep.filter((script) => script.causes.includes(of)).length;
              if (count > 0) rows.push(leaf(t(`cause.${of}`), count, cause === of, () => onChoose(each, of), `${each}.${of}`, true));
            }
          }
          return rows;
        })}
      </ul>
    </nav>
  );
}
