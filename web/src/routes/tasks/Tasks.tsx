import { CheckCircleOutlined, FilterOutlined } from "@ant-design/icons";
import { Select, Tabs } from "antd";
import { useTranslation } from "react-i18next";
import { useMe } from "../../api/session";
import { type TaskFilter, useTasks } from "../../api/tasks";
import type { Department } from "../../api/types";
import { useAddress } from "../../components/Address/useAddress";
import { ChangedBar } from "../../components/Changed/ChangedBar";
import { useTitle } from "../../components/Frame/useTitle";
import { Holds } from "../../components/Guard/Holds";
import list from "../../components/List/List.module.css";
import { ListFoot } from "../../components/List/ListFoot";
import { ListSkeleton } from "../../components/List/ListSkeleton";
import { Teach } from "../../components/List/Teach";
import { TaskCard } from "../../components/Tasks/TaskCard";
import styles from "../../components/Tasks/Tasks.module.css";
import { Trouble } from "../../components/Trouble/Trouble";
import { departments } from "../settings/people/access";

function filterOf(params: URLSearchParams): TaskFilter {
  const department = departments.find((each) => each === params.get("department"));
  return { state: params.get("state") === "done" ? "done" : "open", ...(department ? { department } : {}) };
}

/** What departments are asked for: a department sees its own and nothing else, the others see all. */
export function Tasks() {
  const { t } = useTranslation();
  useTitle(t("tasks.title"));
  const { data: me } = useMe();
  const isDepartment = me?.user.role === "department";
  const [params, set] = useAddress();
  const filter = filterOf(params);
  const found = useTasks(filter);
  const tasks = found.data?.pages.flatMap((page) => page.tasks) ?? [];
  const count = found.data?.pages[0]?.count ?? { value: 0, capped: false };

  if (found.error && !found.data) return <Trouble page error={found.error} onRetry={() => void found.refetch()} />;
  return (
    <div className={list.page}>
      <div className={list.head}>
        <h1>{isDepartment && me?.user.department ? t("tasks.titleOf", { department: t(`department.${me.user.department}`) }) : t("tasks.title")}</h1>
        <span className={list.spread} />
        {!isDepartment && (
          <Select
            allowClear
            style={{ width: 140 }}
            placeholder={t("people.department")}
            aria-label={t("people.department")}
            value={filter.department}
            onChange={(department: Department | undefined) => set("department", department ?? null)}
            options={departments.map((value) => ({ value, label: t(`department.${value}`) }))}
          />
        )}
      </div>
      <Tabs
        className={list.tabs}
        activeKey={filter.state}
        onChange={(state) => set("state", state === "open" ? null : state)}
        items={(["open", "done"] as const).map((key) => ({ key, label: t(`tasks.tab.${key}`) }))}
      />
      {isDepartment && <Holds of={{ mine: true }} />}
      <ChangedBar of="tasks" text={t("tasks.changed")} onShow={found.refetch} />
      {found.isPending && <ListSkeleton />}
      {found.data && tasks.length === 0 && <NoTasks isDone={filter.state === "done"} isDepartment={isDepartment} isFiltered={filter.department !== undefined} />}
      {tasks.length > 0 && (
        <>
          <ul className={styles.list} aria-label={t("tasks.title")}>
            {tasks.map((task) => <TaskCard key={task.id} task={task} isOpen={isDepartment} />)}
          </ul>
          <ListFoot shown={tasks.length} count={count} hasMore={found.hasNextPage} loading={found.isFetchingNextPage} onMore={() => void found.fetchNextPage()} />
        </>
      )}
    </div>
  );
}

function NoTasks({ isDone, isDepartment, isFiltered }: { isDone: boolean; isDepartment: boolean; isFiltered: boolean }) {
  const { t } = useTranslation();
  if (isFiltered || isDone) return <Teach icon={<FilterOutlined />} title={t(isDone ? "tasks.noneDone" : "tasks.noneHere")} text={t("tasks.noneHereNext")} />;
  return <Teach icon={<CheckCircleOutlined />} title={t("tasks.none")} text={t(isDepartment ? "tasks.noneDepartment" : "tasks.noneNext")} />;
}
