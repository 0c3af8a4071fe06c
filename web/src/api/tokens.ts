import { useQuery } from "@tanstack/react-query";
import { useChange } from "./change";
import { body } from "./client";
import { soon } from "./soon";

/** What a program signs in with. The secret itself is shown once, when it is made. */
export interface Token {
  id: string;
  name: string;
  permissions: string[];
  created_at: string;
  expires_at: string;
  last_used_at: string | null;
  person: { id: string; name: string };
}

export function useTokens(wanted: boolean) {
  return useQuery({ queryKey: ["tokens"], enabled: wanted, queryFn: () => body(soon.GET<{ tokens: Token[] }>("/api/v1/tokens")) });
}

export function useCreateToken() {
  return useChange(
    (wish: { name: string; permissions: string[]; days: number }) => body(soon.POST<Token & { token: string }>("/api/v1/tokens", { body: wish })),
    "tokens",
  );
}

export function useDeleteToken() {
  return useChange((id: string) => soon.DELETE("/api/v1/tokens/{id}", { params: { path: { id } } }), "tokens");
}
