import { useQuery } from "@tanstack/react-query";
import { useChange } from "./change";
import { body, http } from "./client";

export interface TeamInput {
  name: string;
  members: string[];
}

export function useTeams(wanted = true) {
  return useQuery({ queryKey: ["teams"], enabled: wanted, queryFn: () => body(http.GET("/api/v1/teams")) });
}

export function useCreateTeam() {
  return useChange((team: TeamInput) => body(http.POST("/api/v1/teams", { body: team })), "teams");
}

export function useChangeTeam() {
  return useChange(({ id, ...team }: TeamInput & { id: string }) => http.PATCH("/api/v1/teams/{id}", { params: { path: { id } }, body: team }), "teams");
}

export function useDeleteTeam() {
  return useChange((id: string) => http.DELETE("/api/v1/teams/{id}", { params: { path: { id } } }), "teams");
}
