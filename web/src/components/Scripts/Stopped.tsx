import { useTranslation } from "react-i18next";
import { ApiProblem } from "../../api/problem";
import { FindingLine } from "../Guard/FindingLine";
import styles from "./Scripts.module.css";

/** Why the guard refused a script, with where each rule stands. */
export function Stopped({ error }: { error: unknown }) {
  const { t } = useTranslation();
  const findings = error instanceof ApiProblem ? (error.guard?.findings ?? []) : [];
  if (findings.length === 0) return null;
  return <ul className={styles.stopped} aria-label={t("guard.findings")}>{findings.map((finding) => <FindingLine key={finding.rule} of={finding} />)}</ul>;
}
