import { useQuery } from "@tanstack/react-query";
import { useChange } from "./change";
import { body, http } from "./client";
import type { AssignmentRule } from "./types";

/** The rules by which cases are given, and who there is. */
export function useAssignment() {
  return useQuery({ queryKey: ["assignment"], queryFn: () => body(http.GET("/api/v1/assignment")) });
}

export function useSetRules() {
  return useChange((rules: AssignmentRule[]) => body(http.PUT("/api/v1/assignment", { body: { rules } })), "assignment");
}

export function useSetSkills() {
  return useChange(
    ({ id, skills }: { id: string; skills: string[] }) => body(http.PUT("/api/v1/people/{id}/skills", { params: { path: { id } }, body: { skills } })),
    "assignment",
  );
}

/** The case that is best taken now. */
export function useNextCase(wanted: boolean) {
  return useQuery({
    queryKey: ["workbench", "next"],
    enabled: wanted,
    refetchInterval: 60_000,
    queryFn: () => body(http.GET("/api/v1/next-case", { params: { query: {} } })),
  });
}
