import { CheckOutlined, StopOutlined } from "@ant-design/icons";
import { App, Button } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { useMay, useMe } from "../../api/session";
import { useCancelTask } from "../../api/tasks";
import type { Task } from "../../api/types";
import { useAsk } from "../Ask/useAsk";
import { useMinute } from "../When/useMinute";
import { When } from "../When/When";
import { AnswerForm } from "./AnswerForm";
import { Due } from "./Due";
import { standingOf } from "./due";
import styles from "./Tasks.module.css";

interface Props {
  task: Task;
  /** On the page of its own case, which needs no link to itself. */
  isOnCase?: boolean;
  /** The answer field stands open, as for the department that is asked. */
  isOpen?: boolean;
}

/** One task: who is asked, for what, until when; and the answer, given or to be given. */
export function TaskCard({ task, isOnCase = false, isOpen = false }: Props) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const ask = useAsk();
  const now = useMinute();
  const { data: me } = useMe();
  const mayAnswer = useMay("task.answer");
  const mayCancel = useMay("case.handle") && me?.user.role !== "department";
  const cancel = useCancelTask();
  const [answering, setAnswering] = useState(isOpen);
  const waits = task.state === "open";
  const askCancel = () =>
    ask({ title: t("tasks.cancelTitle"), text: t("tasks.cancelText", { department: t(`department.${task.department}`) }), ok: t("tasks.cancel"), onOk: () => cancel.mutateAsync(task.id).then(() => message.success(t("tasks.cancelled"))) });
  return (
    <li className={styles.task} data-standing={waits && task.due_at ? standingOf(task.due_at, now) : undefined}>
      <div className={styles.top}>
        <b>{t(`department.${task.department}`)}</b>
        {!isOnCase && <span>{task.shop.name}</span>}
        {!isOnCase && task.order_number && <span>{t("tasks.order", { number: task.order_number })}</span>}
        {!isOnCase && task.case && <Link to={`/cases/${task.case.id}`}>{t("cases.number", { number: task.case.number })}</Link>}
        <span className={styles.spread} />
        {waits && task.due_at && <Due at={task.due_at} shop={task.shop.id} />}
        {task.state === "done" && <span className={styles.done}><CheckOutlined aria-hidden="true" /> {t("tasks.state.done")}</span>}
        {task.state === "cancelled" && <span><StopOutlined aria-hidden="true" /> {t("tasks.state.cancelled")}</span>}
      </div>
      <p className={styles.text}>{task.text}</p>
      <span className={styles.by}>{t("tasks.askedBy", { name: task.created_by?.name ?? t("cases.system") })} · <When at={task.created_at} shop={task.shop.id} /></span>
      {task.answer && <p className={styles.answer}>{task.answer}</p>}
      {!waits && task.ended_at && <span className={styles.by}>{task.ended_by?.name ?? t("cases.system")} · <When at={task.ended_at} shop={task.shop.id} /></span>}
      {waits && answering && mayAnswer && <AnswerForm task={task} />}
      {waits && (
        <div className={styles.buttons}>
          {mayAnswer && !answering && <Button type="link" size="small" style={{ paddingInline: 0 }} onClick={() => setAnswering(true)}>{t("tasks.answerFor")}</Button>}
          {mayCancel && <Button type="text" size="small" onClick={askCancel}>{t("tasks.cancel")}</Button>}
        </div>
      )}
    </li>
  );
}
