import { type QueryClient, queryOptions, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { body, http } from "./client";
import { acceptInvitation } from "./people";
import { isSessionOver } from "./problem";
import type { Login, Me, SetupOwner } from "./types";

export const whoAmI = queryOptions({
  queryKey: ["me"],
  staleTime: 60_000,
  queryFn: async (): Promise<Me | null> => {
    try {
      return await body(http.GET("/api/v1/me"));
    } catch (error) {
      if (isSessionOver(error)) return null;
      throw error;
    }
  },
});

/** Who is signed in; `null` when nobody is. */
export function useMe() {
  return useQuery(whoAmI);
}

/** Whether the signed-in person may do `action`, for example `import.create`. */
export function useMay(action: string): boolean {
  const { data } = useMe();
  return data?.permissions.includes(action) ?? false;
}

export function useSetup() {
  return useQuery({ queryKey: ["setup"], queryFn: () => body(http.GET("/api/v1/setup")) });
}

/** Somebody else sits here now: what the one before saw is forgotten. */
function changePerson(client: QueryClient, me: Me): void {
  client.setQueryData(["me"], me);
  client.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== "me" });
}

export function useLogin() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (login: Login) => body(http.POST("/api/v1/sessions", { body: login })),
    onSuccess: (me) => changePerson(client, me),
  });
}

export function useAcceptInvitation() {
  const client = useQueryClient();
  return useMutation({ mutationFn: acceptInvitation, onSuccess: (me) => changePerson(client, me) });
}

export function useSetupOwner() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (owner: SetupOwner) => body(http.POST("/api/v1/setup/owner", { body: owner })),
    onSuccess: (me) => changePerson(client, me),
  });
}

export function useLogout() {
  return useMutation({
    mutationFn: () => http.DELETE("/api/v1/sessions/current"),
    // A fresh page: nothing of what was seen stays in memory.
    onSuccess: () => window.location.assign("/login"),
  });
}

export function useSaveLocale() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (locale: string) => body(http.PATCH("/api/v1/me", { body: { locale } })),
    onSuccess: (me) => client.setQueryData(["me"], me),
  });
}

/** Wipes the demo's data; answers where the real shop is set up. */
export function useWipeDemo() {
  return useMutation({ mutationFn: () => body(http.DELETE("/api/v1/demo")) });
}
