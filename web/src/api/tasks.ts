import { keepPreviousData, useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useChange } from "./change";
import { body, http } from "./client";
import type { Department } from "./types";

export interface TaskFilter {
  state: "open" | "done";
  department?: Department;
}

export function useTasks(filter: TaskFilter) {
  return useInfiniteQuery({
    queryKey: ["tasks", filter],
    initialPageParam: undefined as string | undefined,
    placeholderData: keepPreviousData,
    queryFn: ({ pageParam }) => body(http.GET("/api/v1/tasks", { params: { query: { ...filter, cursor: pageParam, limit: 50 } } })),
    getNextPageParam: (last) => last.next_cursor ?? undefined,
  });
}

/** How many tasks wait, for the counter of the rail. */
export function useTaskCount(wanted: boolean) {
  return useQuery({
    queryKey: ["task-count"],
    enabled: wanted,
    refetchInterval: 60_000,
    queryFn: async () => (await body(http.GET("/api/v1/tasks", { params: { query: { state: "open", limit: 1 } } }))).count,
  });
}

export function useCaseTasks(caseId: string, wanted: boolean) {
  return useQuery({
    queryKey: ["case-tasks", caseId],
    enabled: wanted,
    queryFn: () => body(http.GET("/api/v1/tasks", { params: { query: { case: caseId, limit: 100 } } })),
  });
}

export interface NewTask {
  caseId: string;
  department: Department;
  text: string;
  due_at: string | null;
}

const touched = ["tasks", "case-tasks", "task-count", "case", "holds", "hold-count"];

export function useCreateTask() {
  return useChange(
    ({ caseId, ...task }: NewTask) => body(http.POST("/api/v1/cases/{id}/tasks", { params: { path: { id: caseId } }, body: task })),
    ...touched,
  );
}

export function useAnswerTask() {
  return useChange(({ id, text }: { id: string; text: string }) => body(http.POST("/api/v1/tasks/{id}/answer", { params: { path: { id } }, body: { text } })), ...touched);
}

export function useCancelTask() {
  return useChange((id: string) => http.POST("/api/v1/tasks/{id}/cancel", { params: { path: { id } } }), ...touched);
}
