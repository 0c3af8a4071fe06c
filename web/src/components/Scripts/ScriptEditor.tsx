import { Button, Form, Input, type InputRef, Select } from "antd";
import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useSaveScript } from "../../api/scripts";
import type { Script, ScriptLanguage, ScriptVariable, ScriptWrite } from "../../api/types";
import { causes, channels, phases, platforms, steps } from "../../routes/scripts/filter";
import { busy } from "../Busy/busy";
import { hasOpen, piecesOf } from "../Composer/text";
import { GuardPanel } from "../Guard/GuardPanel";
import { saidIn } from "../Removal/said";
import { Trouble } from "../Trouble/Trouble";
import { Stopped } from "./Stopped";
import styles from "./Scripts.module.css";

interface Props {
  script: Script | null;
  /** Of which a new version is written; none for a new script. */
  id: string | null;
  variables: readonly ScriptVariable[];
  onCancel: () => void;
  onSaved: (key: string) => void;
}

const fresh: ScriptWrite = { phase: "after_sale", step: "solution", causes: [], platforms: [], objects: [], channels: ["chat", "platform_message"], title_zh: "", title_en: "", zh: "", en: "" };

function writeOf(script: Script | null): ScriptWrite {
  if (!script) return fresh;
  const { phase, step, title, texts, objects } = script;
  const known = platforms.filter((platform) => script.platforms.some((code) => code === platform || (code === "amazon" && platform.startsWith("amazon-"))));
  return { phase, step, causes: script.causes, platforms: known, objects, channels: script.channels, title_zh: title.zh, title_en: title.en, zh: texts.zh, en: texts.en };
}

/** A text with samples for its variables, as a buyer would read it. */
function sampleOf(text: string, language: ScriptLanguage, variables: readonly ScriptVariable[]): string {
  const sample = (name: string) => variables.find((each) => each.name === name)?.sample[language] ?? name;
  return piecesOf(text).map((piece) => (piece.name === null ? piece.text : sample(piece.name))).join("");
}

/** Writes a script, with the guard reading along. */
export function ScriptEditor({ script, id, variables, onCancel, onSaved }: Props) {
  const { t } = useTranslation();
  const [write, setWrite] = useState(() => writeOf(script));
  const save = useSaveScript(id);
  const set = (part: Partial<ScriptWrite>) => setWrite((now) => ({ ...now, ...part }));
  const many = (key: "causes" | "platforms" | "channels", words: readonly string[], group: string) => (
    <Form.Item label={t(`scripts.by.${key === "causes" ? "cause" : key === "platforms" ? "platform" : "channel"}`)}>
      <Select mode="multiple" value={write[key] as string[]} onChange={(value: string[]) => set({ [key]: value })} placeholder={t("scripts.every")} options={words.map((value) => ({ value, label: t(`${group}.${value}`) }))} aria-label={t(`scripts.by.${key === "causes" ? "cause" : key === "platforms" ? "platform" : "channel"}`)} />
    </Form.Item>
  );
  const submit = () => save.mutate(write, { onSuccess: (saved) => onSaved(saved.key) });
  return (
    <Form layout="vertical" onFinish={submit} aria-label={t("scripts.editor")}>
      <div className={styles.pair}>
        <Form.Item label={t("scripts.titleZh")}><Input value={write.title_zh} maxLength={60} aria-label={t("scripts.titleZh")} onChange={(event) => set({ title_zh: event.target.value })} /></Form.Item>
        <Form.Item label={t("scripts.titleEn")}><Input value={write.title_en} maxLength={60} aria-label={t("scripts.titleEn")} onChange={(event) => set({ title_en: event.target.value })} /></Form.Item>
        <Form.Item label={t("scripts.by.phase")}><Select value={write.phase} aria-label={t("scripts.by.phase")} onChange={(phase) => set({ phase })} options={phases.map((value) => ({ value, label: t(`scripts.phase.${value}`) }))} /></Form.Item>
        <Form.Item label={t("scripts.by.step")}><Select value={write.step} aria-label={t("scripts.by.step")} onChange={(step) => set({ step })} options={steps.map((value) => ({ value, label: t(`scripts.step.${value}`) }))} /></Form.Item>
      </div>
      {many("causes", causes, "cause")}
      {many("platforms", platforms, "platform")}
      {many("channels", channels, "guard.channel")}
      {(["zh", "en"] as const).map((language) => <Words key={language} language={language} write={write} variables={variables} onChange={(text) => set({ [language]: text })} />)}
      <Stopped error={save.error} />
      <Trouble error={save.error} />
      <div className={styles.buttons}>
        <Button type="primary" htmlType="submit" loading={busy(save.isPending)}>{t("scripts.save")}</Button>
        <Button onClick={onCancel}>{t("action.cancel")}</Button>
      </div>
    </Form>
  );
}

function Words({ language, write, variables, onChange }: { language: ScriptLanguage; write: ScriptWrite; variables: readonly ScriptVariable[]; onChange: (text: string) => void }) {
  const { t, i18n } = useTranslation();
  const text = write[language] ?? "";
  const field = useRef<InputRef>(null);
  const sample = sampleOf(text, language, variables);
  const label = t(`scripts.text.${language}`);
  return (
    <Form.Item label={label}>
      <Input.TextArea ref={field} value={text} maxLength={2000} showCount autoSize={{ minRows: 3, maxRows: 10 }} aria-label={label} onChange={(event) => onChange(event.target.value)} />
      <Select
        size="small"
        style={{ width: 180, marginTop: 6 }}
        showSearch={{ optionFilterProp: "label" }}
        value={null}
        placeholder={t("scripts.insert")}
        aria-label={t("scripts.insert")}
        onChange={(name: string | null) => { if (name) onChange(`${text}{{ ${name} }}`); field.current?.focus({ cursor: "end" }); }}
        options={variables.map(({ name, label: of }) => ({ value: name, label: saidIn(of, i18n.language) }))}
      />
      {text.trim() !== "" && <p className={styles.sample}>{sample}</p>}
      <GuardPanel text={hasOpen(sample) ? "" : sample} where={{ channel: write.channels[0] ?? "chat", template: true, ...(write.platforms?.[0] && { platform: write.platforms[0] }) }} isAlways />
    </Form.Item>
  );
}
