import { useQuery } from "@tanstack/react-query";
import { useChange } from "./change";
import { body } from "./client";
import { soon } from "./soon";

export interface Team {
  id: string;
  name: string;
  members: { id: string; name: string }[];
}

export interface TeamInput {
  name: string;
  members: string[];
}

export function useTeams(wanted = true) {
  return useQuery({ queryKey: ["teams"], enabled: wanted, queryFn: () => body(soon.GET<{ teams: Team[] }>("/api/v1/teams")) });
}

export function useCreateTeam() {
  return useChange((team: TeamInput) => body(soon.POST<Team>("/api/v1/teams", { body: team })), "teams");
}

export function useChangeTeam() {
  return useChange(({ id, ...team }: TeamInput & { id: string }) => soon.PATCH("/api/v1/teams/{id}", { params: { path: { id } }, body: team }), "teams");
}

export function useDeleteTeam() {
  return useChange((id: string) => soon.DELETE("/api/v1/teams/{id}", { params: { path: { id } } }), "teams");
}
