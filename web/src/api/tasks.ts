import { keepPreviousData, useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useChange } from "./change";
import { body } from "./client";
import { soon } from "./soon";
import type { Department } from "./types";

/** Something another department is asked for. */
export interface Task {
  id: string;
  department: Department;
  text: string;
  state: "open" | "done" | "cancelled";
  shop: { id: string; name: string };
  order_number: string | null;
  /** The case it belongs to; a department is not told. */
  case: { id: string; number: number } | null;
  due_at: string | null;
  created_at: string;
  created_by: { id: string; name: string } | null;
  answer: string | null;
  /** When it was answered or taken back, and by whom. */
  ended_at: string | null;
  ended_by: { id: string; name: string } | null;
}

interface TaskPage {
  tasks: Task[];
  next_cursor: string | null;
  count: { value: number; capped: boolean };
}

export interface TaskFilter {
  state: "open" | "done";
  department?: Department;
}

export function useTasks(filter: TaskFilter) {
  return useInfiniteQuery({
    queryKey: ["tasks", filter],
    initialPageParam: undefined as string | undefined,
    placeholderData: keepPreviousData,
    queryFn: ({ pageParam }) => body(soon.GET<TaskPage>("/api/v1/tasks", { params: { query: { ...filter, cursor: pageParam, limit: 50 } } })),
    getNextPageParam: (last) => last.next_cursor ?? undefined,
  });
}

/** How many tasks wait, for the counter of the rail. */
export function useTaskCount(wanted: boolean) {
  return useQuery({
    queryKey: ["task-count"],
    enabled: wanted,
    refetchInterval: 60_000,
    queryFn: async () => (await body(soon.GET<TaskPage>("/api/v1/tasks", { params: { query: { state: "open", limit: 1 } } }))).count,
  });
}

export function useCaseTasks(caseId: string, wanted: boolean) {
  return useQuery({
    queryKey: ["case-tasks", caseId],
    enabled: wanted,
    queryFn: () => body(soon.GET<TaskPage>("/api/v1/tasks", { params: { query: { case: caseId, limit: 100 } } })),
  });
}

export interface NewTask {
  caseId: string;
  department: Department;
  text: string;
  due_at: string | null;
}

const touched = ["tasks", "case-tasks", "task-count", "case"];

export function useCreateTask() {
  return useChange(
    ({ caseId, ...task }: NewTask) => body(soon.POST<Task>("/api/v1/cases/{id}/tasks", { params: { path: { id: caseId } }, body: task })),
    ...touched,
  );
}

export function useAnswerTask() {
  return useChange(({ id, text }: { id: string; text: string }) => body(soon.POST<Task>("/api/v1/tasks/{id}/answer", { params: { path: { id } }, body: { text } })), ...touched);
}

export function useCancelTask() {
  return useChange((id: string) => soon.POST("/api/v1/tasks/{id}/cancel", { params: { path: { id } } }), ...touched);
}
