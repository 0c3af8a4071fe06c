import { CheckCircleFilled, EditOutlined } from "@ant-design/icons";
import { Button } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { previewDraft, useStartDraft } from "../../../api/drafts";
import { asGuessed, type Reading } from "../../../api/imports";
import { busy } from "../../../components/Busy/busy";
import { Trouble } from "../../../components/Trouble/Trouble";
import type { FileAtHand } from "../useFiles";
import imports from "../Imports.module.css";
import styles from "./Together.module.css";
import { readingFor } from "./readingFor";

interface Props {
  /** The files that were dropped together. */
  files: FileAtHand[];
  current: string;
  onStarted: (id: string, reading: Reading) => void;
}

/** Files that were dropped together, to be walked through; the rest in one go once the first is confirmed. */
export function Together({ files, current, onStarted }: Props) {
  const { t } = useTranslation();
  const start = useStartDraft();
  const [going, setGoing] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const [unclear, setUnclear] = useState(0);
  const waiting = files.filter(({ reading }) => reading === null);
  const model = files.findLast(({ reading }) => reading !== null)?.reading;

  const goOn = async () => {
    setGoing(true);
    setError(null);
    let left = 0;
    try {
      for (const { id } of waiting) {
        const reading = await readingFor([model ?? asGuessed, asGuessed], (each) => previewDraft(id, each));
        if (!reading) {
          left += 1;
          continue;
        }
        await start.mutateAsync({ id, reading, dryRun: false, saveAs: null });
        onStarted(id, reading);
      }
    } catch (problem) {
      setError(problem);
    }
    setUnclear(left);
    setGoing(false);
  };
  return (
    <nav className={`${imports.card} ${styles.together}`} aria-label={t("draft.together")}>
      <ol className={styles.files}>
        {files.map(({ id, file, reading }) => (
          <li key={id}>
            <Link to={`/imports/${id}`} className={styles.file} aria-current={id === current ? "page" : undefined}>
              {reading ? <CheckCircleFilled className={styles.done} /> : <EditOutlined />}
              <span className={styles.name} title={file.name}>{file.name}</span>
              <span className={imports.quiet}>{t(reading ? "draft.confirmed" : "draft.toConfirm")}</span>
            </Link>
          </li>
        ))}
      </ol>
      {model && waiting.length > 0 && (
        <div className={styles.rest}>
          <Button loading={busy(going)} onClick={() => void goOn()}>{t("draft.sameWay", { count: waiting.length })}</Button>
          <span className={imports.quiet} role="status">{unclear > 0 ? t("draft.stillUnclear", { count: unclear }) : t("draft.sameWayHint")}</span>
        </div>
      )}
      <Trouble error={error} />
    </nav>
  );
}
