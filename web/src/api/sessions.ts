import { useQuery } from "@tanstack/react-query";
import { useChange } from "./change";
import { body, http } from "./client";

/** Where this person is signed in; an owner may ask for somebody else (or for everybody, with `all`). */
export function useSessions(person: string | null) {
  return useQuery({
    queryKey: ["sessions", person],
    queryFn: () => body(http.GET("/api/v1/sessions", { params: { query: person ? { person } : {} } })),
  });
}

export function useRevokeSession() {
  return useChange((id: string) => http.DELETE("/api/v1/sessions/{id}", { params: { path: { id } } }), "sessions");
}

export function useRevokeOthers() {
  return useChange(() => http.POST("/api/v1/sessions/revoke-others"), "sessions");
}
