import { Button, Drawer } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useArchiveScript } from "../../api/scripts";
import { useMay } from "../../api/session";
import type { Script, ScriptVariable } from "../../api/types";
import { useUndo } from "../Keys/useUndo";
import { saidIn } from "../Removal/said";
import { Trouble } from "../Trouble/Trouble";
import { ScriptEditor } from "./ScriptEditor";
import styles from "./Scripts.module.css";
import { ScriptWords } from "./ScriptWords";
import { Uses } from "./Uses";
import { Versions } from "./Versions";

interface Props {
  /** None for a new one. */
  script: Script | null;
  variables: readonly ScriptVariable[];
  onClose: () => void;
  onSaved: (key: string) => void;
}

/** One script: its words with samples, its uses, and of one's own the versions and the editor. */
export function ScriptDrawer({ script, variables, onClose, onSaved }: Props) {
  const { t, i18n } = useTranslation();
  const may = useMay("script.manage");
  const [editing, setEditing] = useState(script === null);
  const [copied, setCopied] = useState(false);
  const archive = useArchiveScript();
  const offer = useUndo();
  const own = script?.own ?? null;
  const id = script?.id ?? null;
  const putAway = (archived: boolean) => {
    if (!id) return;
    archive.mutate({ id, archived }, {
      onSuccess: () => {
        offer(t(archived ? "scripts.archived" : "scripts.unarchived"), () => archive.mutate({ id, archived: !archived }));
        if (archived) onClose();
      },
    });
  };
  const from = script && copied ? { ...script, id: null, own: null } : script;
  return (
    <Drawer open size={640} title={script && !copied ? saidIn(script.title, i18n.language) : t("scripts.new")} onClose={onClose}>
      {editing ? (
        <ScriptEditor script={from} id={copied ? null : id} variables={variables} onCancel={script ? () => { setEditing(false); setCopied(false); } : onClose} onSaved={(key) => { setEditing(false); setCopied(false); onSaved(key); }} />
      ) : (
        script && (
          <div className={styles.drawer}>
            {may && (
              <div className={styles.buttons}>
                {own && !own.archived_at && <Button type="primary" onClick={() => setEditing(true)}>{t("scripts.edit")}</Button>}
                <Button onClick={() => { setCopied(true); setEditing(true); }}>{t("scripts.copy")}</Button>
                {own && <Button onClick={() => putAway(!own.archived_at)}>{t(own.archived_at ? "scripts.unarchive" : "scripts.archive")}</Button>}
              </div>
            )}
            <Trouble error={archive.error} />
            <ScriptWords script={script} />
            {own && id && <Versions of={id} mayWrite={may && !own.archived_at} />}
            <Uses of={script.key} />
          </div>
        )
      )}
    </Drawer>
  );
}
