import { EyeOutlined, ExportOutlined } from "@ant-design/icons";
import { App, Button, Input, Segmented, Select } from "antd";
import type { TextAreaRef } from "antd/es/input/TextArea";
import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useLogMessage } from "../../api/cases";
import { heldIn } from "../../api/guard";
import { typeOn } from "../../api/presence";
import { useCaseScripts, useFillScript } from "../../api/scripts";
import { useMay } from "../../api/session";
import type { CaseScript, GuardChannel, ScriptLanguage } from "../../api/types";
import { busy } from "../Busy/busy";
import { useDraft } from "../Draft/draft";
import { GuardPanel } from "../Guard/GuardPanel";
import { useKeys } from "../Keys/useKeys";
import { copyText } from "../Once/copy";
import { Trouble } from "../Trouble/Trouble";
import styles from "./Composer.module.css";
import { Messages } from "./Messages";
import { Preview } from "./Preview";
import { ScriptChoice } from "./ScriptChoice";
import { hasOpen, lengthOf } from "./text";
import { Variables } from "./Variables";

const longest = 4000;

interface Picked {
  script: CaseScript;
  values: Record<string, string>;
  /** The text that was made of it last; what the agent changed since is his. */
  made: string | null;
}

const knownOf = (script: CaseScript) => Object.fromEntries(script.needs.flatMap(({ name, value }) => (value === null ? [] : [[name, value]])));

/** What is said to the buyer: a script or one's own words, checked while they are typed, copied and logged with one key. */
export function Composer({ id, shop }: { id: string; shop: string }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const may = useMay("case.handle");
  const [text, write] = useDraft(`message.${id}`);
  const [channel, setChannel] = useState<GuardChannel | null>(null);
  const [language, setLanguage] = useState<ScriptLanguage | null>(null);
  const [picked, setPicked] = useState<Picked | null>(null);
  const [problem, setProblem] = useState<"empty" | "open" | null>(null);
  const [previewed, setPreviewed] = useState(false);
  const { data: offered, error } = useCaseScripts(id, channel, language);
  const fill = useFillScript(id);
  const log = useLogMessage(id);
  const field = useRef<TextAreaRef>(null);
  useKeys({ r: may ? () => field.current?.focus() : undefined });
  if (!may) return <p className={styles.quiet}>{t("cases.mayNot")}</p>;
  const way = channel ?? offered?.channel ?? "platform_message";
  const tongue = language ?? offered?.language ?? "zh";

  const make = (script: CaseScript, values: Record<string, string>, before: string | null) => {
    setPicked({ script, values, made: before });
    fill.mutate({ key: script.key, language: tongue, values }, {
      onSuccess: (filled) => {
        const made = filled.text ?? script.text;
        setPicked({ script, values, made });
        write(made);
        setProblem(null);
        typeOn(id);
      },
    });
  };
  const save = () => {
    if (text.trim() === "") return setProblem("empty");
    if (hasOpen(text)) return setProblem("open");
    log.mutate({ channel: way, text: text.trim(), language: tongue, script: picked?.script.key ?? null }, {
      onSuccess: (answer) => {
        const held = heldIn(answer);
        // Only what may be sent is worth copying.
        if (!held) void copyText(text.trim());
        write("");
        setPicked(null);
        void message.success(t(held ? "guard.held" : "cases.messageLogged"));
      },
    });
  };
  const left = offered?.limit == null ? null : offered.limit - lengthOf(text);
  return (
    <form className={styles.composer} onSubmit={(event) => { event.preventDefault(); save(); }}>
      <div className={styles.row}>
        <Select aria-label={t("guard.way")} style={{ minWidth: 128 }} value={way} onChange={(next) => { setChannel(next); setPicked(null); }} options={(offered?.channels ?? [way]).map((value) => ({ value, label: t(`guard.channel.${value}`) }))} />
        <Segmented<ScriptLanguage> aria-label={t("composer.language")} value={tongue} onChange={(next) => { setLanguage(next); setPicked(null); }} options={(["zh", "en"] as const).map((value) => ({ value, label: t(`composer.in.${value}`) }))} />
        <span className={styles.spread} />
        {offered?.link && <Button type="link" size="small" icon={<ExportOutlined />} href={offered.link} target="_blank" rel="noreferrer">{t("composer.open")}</Button>}
      </div>
      <ScriptChoice offered={offered} chosen={picked?.script.key ?? null} onChoose={(script) => make(script, knownOf(script), null)} onNone={() => setPicked(null)} />
      <Trouble error={error} />
      {picked && picked.script.needs.length > 0 && (
        <Variables
          key={picked.script.key}
          needs={picked.script.needs}
          values={picked.values}
          isChanged={picked.made !== null && text !== picked.made}
          loading={fill.isPending}
          onFill={(values) => make(picked.script, values, picked.made)}
        />
      )}
      <Trouble error={fill.error} />
      <Input.TextArea
        ref={field}
        value={text}
        onChange={(event) => { write(event.target.value); setProblem(null); typeOn(id); }}
        onKeyDown={(event) => {
          if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) save();
          if (event.key === "Escape") event.currentTarget.blur();
        }}
        placeholder={t("cases.messagePlaceholder")}
        aria-label={t("cases.message")}
        aria-describedby={`length-${id}`}
        status={problem ? "error" : undefined}
        autoSize={{ minRows: 3, maxRows: 12 }}
        maxLength={longest}
      />
      <GuardPanel text={hasOpen(text) ? "" : text} where={{ case: id, channel: way }} onUse={write} isAlways />
      {previewed && <Preview text={text} channel={way} />}
      <div className={styles.row}>
        <Button type="primary" htmlType="submit" loading={busy(log.isPending)} title="Ctrl+Enter">{t("cases.messageLog")}</Button>
        <Button type="text" size="small" icon={<EyeOutlined />} aria-pressed={previewed} onClick={() => setPreviewed(!previewed)}>{t("composer.preview")}</Button>
        <span className={styles.spread} />
        {problem && <span className={styles.problem} role="alert">{t(problem === "empty" ? "cases.noteEmpty" : "composer.stillOpen")}</span>}
        <span id={`length-${id}`} className={left !== null && left < 0 ? styles.problem : styles.quiet}>
          {left === null ? t("composer.length", { count: lengthOf(text) }) : t(left < 0 ? "composer.over" : "composer.left", { count: Math.abs(left) })}
        </span>
      </div>
      <Trouble error={log.error} />
      <Messages id={id} shop={shop} />
    </form>
  );
}
