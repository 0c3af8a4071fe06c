import { SearchOutlined } from "@ant-design/icons";
import { Input, Modal } from "antd";
import { Fragment, type KeyboardEvent, useEffect, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import { useSearch } from "../../api/search";
import { useMay } from "../../api/session";
import { hitsOf } from "../Search/found";
import { useSettled } from "../Search/useSettled";
import styles from "./Command.module.css";
import { type Command, rank } from "./rank";
import { noteCommand, recents, remember, usedCommands } from "./recent";
import { useCommands } from "./useCommands";

interface Line {
  id: string;
  group: string;
  title: string;
  note?: string;
  keys?: string;
  run: () => void;
}

const mostCommands = 7;

/** Ctrl+K: pages, deeds, shops and everything that can be searched, by typing. */
export function CommandBar({ onClose, onKeys }: { onClose: () => void; onKeys: () => void }) {
  const { t } = useTranslation();
  const go = useNavigate();
  const [typed, setTyped] = useState("");
  const [at, setAt] = useState(0);
  const mayRead = useMay("review.read");
  const commands = useCommands(onKeys);
  const settled = useSettled(typed.trim());
  const { data: found, isFetching } = useSearch(mayRead && settled.length > 1 ? settled : "");
  useEffect(() => setAt(0), [typed]);

  const lines = useMemo((): Line[] => {
    const nothing = typed.trim() === "";
    const lately = nothing ? recents().map((each): Command => ({ id: each.to, group: "recent", title: each.title, run: () => void go(each.to) })) : [];
    const fitting = rank(commands, typed, usedCommands());
    // The same command twice would be one too many to read: without words, as they stand.
    const known = nothing ? commands : fitting.slice(0, mostCommands);
    const hits = found && settled === typed.trim() ? hitsOf(found, t) : [];
    return [
      ...lately.map((each) => ({ ...each, group: t("command.group.recent") })),
      ...known.map((each) => ({ ...each, group: t(nothing ? `command.group.${each.group}` : "command.group.commands") })),
      ...hits.flatMap(({ kind, hits: all }) => all.slice(0, 5).map((hit) => ({
        id: hit.key, group: t(`nav.${kind}`), title: hit.title, note: hit.note,
        run: () => {
          remember({ to: hit.to, title: hit.title });
          void go(hit.to);
        },
      }))),
    ];
  }, [typed, settled, commands, found, t, go]);

  const active = Math.min(at, lines.length - 1);
  const run = (line: Line | undefined) => {
    if (!line) return;
    if (commands.some((each) => each.id === line.id)) noteCommand(line.id);
    onClose();
    line.run();
  };
  const press = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    const to = { ArrowDown: active + 1, ArrowUp: active - 1, Home: typed ? undefined : 0, PageDown: active + 8, PageUp: active - 8 }[event.key];
    if (to !== undefined) {
      event.preventDefault();
      const next = Math.max(0, Math.min(lines.length - 1, to));
      setAt(next);
      document.getElementById(`command-${next}`)?.scrollIntoView({ block: "nearest" });
    }
    if (event.key === "Enter") {
      event.preventDefault();
      run(lines[active]);
    }
  };

  return (
    <Modal open onCancel={onClose} footer={null} closable={false} width={600} className={styles.modal} aria-label={t("command.title")} styles={{ body: { padding: 0 } }}>
      <Input
        autoFocus
        variant="borderless"
        size="large"
        prefix={<SearchOutlined />}
        value={typed}
        placeholder={t("command.placeholder")}
        role="combobox"
        aria-label={t("command.title")}
        aria-expanded="true"
        aria-controls="commands"
        aria-activedescendant={lines.length > 0 ? `command-${active}` : undefined}
        onChange={(event) => setTyped(event.target.value)}
        onKeyDown={press}
      />
      <ul id="commands" role="listbox" aria-label={t("command.title")} className={styles.lines}>
        {lines.map((line, index) => (
          <Fragment key={`${line.group}.${line.id}`}>
            {line.group !== lines[index - 1]?.group && <li role="presentation" className={styles.group}>{line.group}</li>}
            {/* Keys move within the field above; the mouse is the other way in. */}
            <li id={`command-${index}`} role="option" aria-selected={index === active} className={styles.line} onClick={() => run(line)} onMouseMove={() => setAt(index)}>
              <span className={styles.title}>{line.title}</span>
              {line.note && <span className={styles.note}>{line.note}</span>}
              {line.keys && <span className={styles.keys}>{line.keys.split(" ").map((key) => <kbd key={key}>{key}</kbd>)}</span>}
            </li>
          </Fragment>
        ))}
        {lines.length === 0 && <li role="presentation" className={styles.group}>{isFetching ? t("action.loading") : t("search.nothing")}</li>}
      </ul>
    </Modal>
  );
}
