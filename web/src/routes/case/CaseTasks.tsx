import { Button } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useMay } from "../../api/session";
import { useCaseTasks } from "../../api/tasks";
import type { Case } from "../../api/types";
import { useKeys } from "../../components/Keys/useKeys";
import { Panel } from "../../components/Panel/Panel";
import { TaskCard } from "../../components/Tasks/TaskCard";
import tasks from "../../components/Tasks/Tasks.module.css";
import { Trouble } from "../../components/Trouble/Trouble";
import { GiveTask } from "./GiveTask";
import styles from "./Parts.module.css";

/** What other departments were asked about this case, and asking another (`t`). */
export function CaseTasks({ found }: { found: Case }) {
  const { t } = useTranslation();
  const mayRead = useMay("task.read");
  const may = useMay("case.handle");
  const { data, error, refetch } = useCaseTasks(found.id, mayRead);
  const [giving, setGiving] = useState(false);
  useKeys({ t: may ? () => setGiving(true) : undefined });
  if (!mayRead) return null;
  const list = data?.tasks ?? [];
  const give = may && <Button size="small" onClick={() => setGiving(true)} title="t">{t("tasks.give")}</Button>;
  return (
    <Panel title={t("tasks.onCase")} extra={give}>
      <Trouble error={error} onRetry={() => void refetch()} />
      {data && list.length === 0 && <p className={styles.quiet}>{t("tasks.onCaseNone")}</p>}
      {list.length > 0 && (
        <ul className={`${tasks.list} ${tasks.compact}`} aria-label={t("tasks.onCase")}>
          {list.map((task) => <TaskCard key={task.id} task={task} isOnCase />)}
        </ul>
      )}
      {giving && <GiveTask caseId={found.id} onClose={() => setGiving(false)} />}
    </Panel>
  );
}
