import { useQuery } from "@tanstack/react-query";
import { useChange } from "./change";
import { body } from "./client";
import { soon } from "./soon";

/** One place where somebody is signed in. */
export interface Session {
  id: string;
  created_at: string;
  last_seen_at: string;
  expires_at: string;
  user_agent: string | null;
  current: boolean;
  person: { id: string; name: string };
}

/** Where this person is signed in; an owner may ask for somebody else (or for everybody, with `all`). */
export function useSessions(person: string | null) {
  return useQuery({
    queryKey: ["sessions", person],
    queryFn: () => body(soon.GET<{ sessions: Session[] }>("/api/v1/sessions", { params: { query: person ? { person } : {} } })),
  });
}

export function useRevokeSession() {
  return useChange((id: string) => soon.DELETE("/api/v1/sessions/{id}", { params: { path: { id } } }), "sessions");
}

export function useRevokeOthers() {
  return useChange(() => soon.POST("/api/v1/sessions/revoke-others"), "sessions");
}
