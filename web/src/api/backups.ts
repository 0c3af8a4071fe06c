import { useQuery } from "@tanstack/react-query";
import { useChange } from "./change";
import { body } from "./client";
import { soon } from "./soon";

export interface Backup {
  name: string;
  bytes: number;
  created_at: string;
}

export function useBackups(wanted: boolean) {
  return useQuery({ queryKey: ["backups"], enabled: wanted, queryFn: () => body(soon.GET<{ backups: Backup[] }>("/api/v1/backups")) });
}

export function useMakeBackup() {
  return useChange(() => body(soon.POST<Backup>("/api/v1/backups")), "backups");
}
