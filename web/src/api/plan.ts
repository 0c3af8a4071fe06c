import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { body, http } from "./client";
import type { CasePlan, NewAttempt, StatedFacts, StepCode } from "./types";

/** As often as contacts are planned anew. */
const everyMinute = 60_000;

/** The plan of a case as of now. */
export function usePlan(id: string) {
  return useQuery({
    queryKey: ["case-plan", id],
    refetchInterval: everyMinute,
    queryFn: () => body(http.GET("/api/v1/cases/{id}/plan", { params: { path: { id } } })),
  });
}

function usePlanChange<T>(id: string, change: (input: T) => Promise<CasePlan>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: change,
    onSuccess: (fresh) => {
      client.setQueryData(["case-plan", id], fresh);
      for (const key of [["case", id], ["cases"], ["workbench"]]) void client.invalidateQueries({ queryKey: key });
    },
  });
}

/** Logs a contact; answers with its id, by which it is taken back. */
export function useLogAttempt(id: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (attempt: NewAttempt) => body(http.POST("/api/v1/cases/{id}/attempts", { params: { path: { id } }, body: attempt })),
    onSuccess: ({ plan }) => {
      client.setQueryData(["case-plan", id], plan);
      for (const key of [["case", id], ["cases"], ["workbench"]]) void client.invalidateQueries({ queryKey: key });
    },
  });
}

export function useWithdrawAttempt(id: string) {
  return usePlanChange(id, (attempt: string) => body(http.DELETE("/api/v1/attempts/{id}", { params: { path: { id: attempt } } })));
}

/** Keeps what a person says of a case, whole. */
export function useStateFacts(id: string) {
  return usePlanChange(id, (facts: StatedFacts) => body(http.PUT("/api/v1/cases/{id}/facts", { params: { path: { id } }, body: facts })));
}

export function useSetStep(id: string) {
  return usePlanChange(id, (set: { step: StepCode; done: boolean }) => body(http.PUT("/api/v1/cases/{id}/steps", { params: { path: { id } }, body: set })));
}

/** Notes that a buyer wants no messages, or wants them again. */
export function useOptOut() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ buyer, optedOut }: { buyer: string; optedOut: boolean }) =>
      body(http.PUT("/api/v1/buyers/{id}/opt-out", { params: { path: { id: buyer } }, body: { opted_out: optedOut } })),
    onSuccess: () => {
      for (const key of ["case-plan", "case", "cases", "buyers", "workbench"]) void client.invalidateQueries({ queryKey: [key] });
    },
  });
}
