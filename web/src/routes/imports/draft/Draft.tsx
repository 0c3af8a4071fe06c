import { Alert, Skeleton } from "antd";
import { useTranslation } from "react-i18next";
import type { Reading } from "../../../api/imports";
import { usePreview } from "../../../api/drafts";
import type { Import } from "../../../api/types";
import { Panel } from "../../../components/Panel/Panel";
import { Trouble } from "../../../components/Trouble/Trouble";
import imports from "../Imports.module.css";
import { Actions } from "./Actions";
import { isOpen } from "./clarity";
import { ColumnTable } from "./ColumnTable";
import { DateQuestion } from "./DateQuestion";
import styles from "./Draft.module.css";
import { Preview } from "./Preview";
import { ReadingChoice } from "./ReadingChoice";
import { Recognised } from "./Recognised";
import { useReading, useSettled } from "./useReading";
import { withField, withOrder } from "./wishes";

interface Props {
  of: Import;
  onStarted: (reading: Reading, started: string) => void;
  onThrownAway: () => void;
}

/** A file that was handed in and not read yet: what it is, what its columns mean, what would be stored. */
export function Draft({ of, onStarted, onThrownAway }: Props) {
  const { t } = useTranslation();
  const { reading, wishes, profile, encoding, say, choose } = useReading(of.id);
  const asked = useSettled(reading);
  const { data: preview, error, isPlaceholderData, refetch } = usePreview(of.id, asked);
  if (!preview) {
    return (
      <div className={`${imports.card} ${imports.pad}`}>
        {error ? <Trouble error={error} onRetry={() => void refetch()} /> : <Skeleton active paragraph={{ rows: 8 }} />}
      </div>
    );
  }
  const isOld = asked !== reading || isPlaceholderData;
  const orderOf = (column: string) => wishes.find((wish) => wish.column === column)?.order ?? null;
  const questions = preview.mapping.filter((mapped) => isOpen(mapped) || orderOf(mapped.column));
  const isAsking = questions.some(({ column }) => !orderOf(column));
  // The heading asks for the columns already; the server's words speak to the command line.
  const isUnknown = preview.problem?.code === "unknown_columns";
  return (
    <div className={styles.draft}>
      <section className={imports.card} aria-label={of.file_name}>
        <div className={styles.head}>
          <Recognised of={of} preview={preview} busy={isOld} />
          {error && <Trouble error={error} onRetry={() => void refetch()} />}
          {questions.map((column) => (
            <DateQuestion key={column.column} of={column} order={orderOf(column.column)} onChange={(order) => say(withOrder(wishes, column, order))} />
          ))}
          {preview.problem && !isAsking && !isUnknown && <Alert type={preview.format ? "warning" : "error"} showIcon role="alert" title={preview.problem.message} />}
          <Actions of={of} preview={preview} reading={reading} waiting={isOld} onStarted={onStarted} onThrownAway={onThrownAway} />
        </div>
      </section>
      <div className={styles.sides}>
        <div className={imports.card}>
          <Panel title={t("imports.mapping")}>
            <ReadingChoice preview={preview} profile={profile} encoding={encoding} onChange={choose} />
            {preview.mapping.length > 0 && <ColumnTable mapping={preview.mapping} wishes={wishes} onChange={(mapped, field) => say(withField(wishes, mapped, field))} />}
          </Panel>
        </div>
        {preview.format && (
          <div className={`${imports.card} ${styles.side}`}>
            <Panel title={t("draft.preview")} extra={<span className={imports.quiet}>{t("draft.previewHint")}</span>}>
              <Preview preview={preview} shop={of.shop?.id} old={isOld} />
            </Panel>
          </div>
        )}
      </div>
    </div>
  );
}
