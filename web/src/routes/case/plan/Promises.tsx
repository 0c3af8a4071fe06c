import { App, Button, DatePicker, Input } from "antd";
import dayjs, { type Dayjs } from "dayjs";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useAddPromise, useCasePromises } from "../../../api/promises";
import { useMay } from "../../../api/session";
import type { Case } from "../../../api/types";
import { GuardPanel } from "../../../components/Guard/GuardPanel";
import { Panel } from "../../../components/Panel/Panel";
import { PromiseCard } from "../../../components/Promises/PromiseCard";
import tasks from "../../../components/Tasks/Tasks.module.css";
import { Trouble } from "../../../components/Trouble/Trouble";
import styles from "./Plan.module.css";

/** What this buyer was promised, found in messages or added here. */
export function Promises({ found }: { found: Case }) {
  const { t } = useTranslation();
  const may = useMay("case.handle");
  const [adding, setAdding] = useState(false);
  const { data, error } = useCasePromises(found.id);
  const promises = data?.promises ?? [];
  return (
    <Panel title={t("promises.title")} extra={may && !adding && <Button size="small" onClick={() => setAdding(true)}>{t("promises.add")}</Button>}>
      {data && promises.length === 0 && !adding && <p className={styles.quiet}>{t("promises.noneOnCase")}</p>}
      {promises.length > 0 && (
        <ul className={tasks.list} aria-label={t("promises.title")}>
          {promises.map((promise) => <PromiseCard key={promise.id} promise={promise} isOnCase />)}
        </ul>
      )}
      {adding && <AddPromise id={found.id} onDone={() => setAdding(false)} />}
      <Trouble error={error} />
    </Panel>
  );
}

function AddPromise({ id, onDone }: { id: string; onDone: () => void }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const add = useAddPromise(id);
  const [text, setText] = useState("");
  const [due, setDue] = useState<Dayjs | null>(null);
  const save = () =>
    add.mutate({ text, due_at: due?.toISOString() ?? null }, {
      onSuccess: () => {
        void message.success(t("promises.saved"));
        onDone();
      },
    });
  return (
    <>
      <div className={styles.buttons}>
        <Input autoFocus maxLength={200} value={text} onChange={(event) => setText(event.target.value)} onPressEnter={save} aria-label={t("promises.what")} placeholder={t("promises.example")} />
        <DatePicker aria-label={t("promises.due")} placeholder={t("promises.due")} showTime={{ format: "HH:mm" }} format="YYYY-MM-DD HH:mm" minDate={dayjs().startOf("day")} value={due} onChange={setDue} />
        <Button type="primary" disabled={!text.trim()} loading={add.isPending} onClick={save}>{t("promises.save")}</Button>
        <Button onClick={onDone}>{t("action.cancel")}</Button>
      </div>
      <GuardPanel text={text} where={{ case: id, channel: "note" }} onUse={setText} />
      <Trouble error={add.error} />
    </>
  );
}
