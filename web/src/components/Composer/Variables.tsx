import { Button, Input } from "antd";
import { useId, useState } from "react";
import { useTranslation } from "react-i18next";
import type { ScriptNeed } from "../../api/types";
import { saidIn } from "../Removal/said";
import styles from "./Composer.module.css";

interface Props {
  needs: readonly ScriptNeed[];
  values: Readonly<Record<string, string>>;
  /** The agent has changed the text since: filling it anew takes that away. */
  isChanged: boolean;
  loading: boolean;
  onFill: (values: Record<string, string>) => void;
}

/** A field for each variable of a script: what the case does not know comes first. */
export function Variables({ needs, values, isChanged, loading, onFill }: Props) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState<Record<string, string>>({ ...values });
  const missing = needs.filter(({ value }) => value === null);
  const known = needs.filter(({ value }) => value !== null);
  const open = needs.filter(({ name }) => !typed[name]?.trim());
  const set = (name: string, value: string) => setTyped((now) => ({ ...now, [name]: value }));
  return (
    <fieldset className={styles.variables}>
      <legend>{t(open.length === 0 ? "composer.allFilled" : "composer.toFill", { count: open.length })}</legend>
      {[...missing, ...known].map((need) => <Field key={need.name} need={need} value={typed[need.name] ?? ""} onChange={(value) => set(need.name, value)} onDone={() => onFill(typed)} />)}
      <div className={styles.row}>
        <Button size="small" loading={loading} disabled={open.length > 0} onClick={() => onFill(typed)}>{t("composer.fill")}</Button>
        {isChanged && <span className={styles.quiet}>{t("composer.fillAnew")}</span>}
      </div>
    </fieldset>
  );
}

function Field({ need, value, onChange, onDone }: { need: ScriptNeed; value: string; onChange: (value: string) => void; onDone: () => void }) {
  const { t, i18n } = useTranslation();
  const id = useId();
  const isZh = i18n.language.startsWith("zh");
  const shared = { id, value, maxLength: need.longest, placeholder: t("composer.sample", { sample: isZh ? need.sample.zh : need.sample.en }) };
  return (
    <div className={styles.field}>
      <label htmlFor={id}>{saidIn(need.label, i18n.language)}</label>
      {need.kind === "long" ? (
        <Input.TextArea {...shared} autoSize={{ minRows: 1, maxRows: 4 }} onChange={(event) => onChange(event.target.value.replace(/\s*\n\s*/gu, " "))} />
      ) : (
        <Input {...shared} inputMode={need.kind === "number" ? "numeric" : "text"} onChange={(event) => onChange(event.target.value)} onPressEnter={(event) => { event.preventDefault(); if (!event.nativeEvent.isComposing) onDone(); }} />
      )}
    </div>
  );
}
