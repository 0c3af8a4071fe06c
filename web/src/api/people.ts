import { useQuery } from "@tanstack/react-query";
import { useChange } from "./change";
import { body, http } from "./client";
import type { Department, Invitation, Me, Person, Role } from "./types";

/** Access as it is sent: shops by their ids. */
export interface AccessInput {
  role: Role;
  department?: Department | null;
  all_shops: boolean;
  shops: string[];
}

const nobody: Person[] = [];
const nothing: Invitation[] = [];

export function usePeople(wanted = true) {
  const { data, isPending, error, refetch } = useQuery({
    queryKey: ["people"],
    enabled: wanted,
    queryFn: () => body(http.GET("/api/v1/people")),
  });
  return { people: data?.people ?? nobody, invitations: data?.invitations ?? nothing, isPending, error, refetch };
}

export type PersonChange = Partial<AccessInput> & { id: string; display_name?: string; disabled?: boolean; reviewed?: boolean };

export function useChangePerson() {
  return useChange(({ id, ...change }: PersonChange) => http.PATCH("/api/v1/people/{id}", { params: { path: { id } }, body: change }), "people", "me");
}

/** Takes the second step of somebody's sign-in away, for a lost phone. */
export function useRemoveTotp() {
  return useChange((id: string) => http.DELETE("/api/v1/people/{id}/totp", { params: { path: { id } } }), "people", "me");
}

/** A link, good once, with which somebody sets a new password. */
export function useResetLink() {
  return useChange((id: string) => body(http.POST("/api/v1/people/{id}/reset", { params: { path: { id } } })));
}

export function useInvite() {
  return useChange(
    (invitation: AccessInput & { display_name: string }) => body(http.POST("/api/v1/invitations", { body: invitation })),
    "people",
  );
}

/** A new link for an invitation; the old one ends. */
export function useResendInvitation() {
  return useChange((id: string) => body(http.POST("/api/v1/invitations/{id}/resend", { params: { path: { id } } })), "people");
}

export function useRevokeInvitation() {
  return useChange((id: string) => http.DELETE("/api/v1/invitations/{id}", { params: { path: { id } } }), "people");
}

export function useInvitation(token: string) {
  return useQuery({
    queryKey: ["invitation", token],
    enabled: token !== "",
    retry: false,
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: () => body(http.POST("/api/v1/invitations/read", { body: { token } })),
  });
}

export interface Acceptance {
  token: string;
  login?: string;
  display_name?: string;
  password: string;
  /** Of the second step, where a new password is set for somebody who has one. */
  code?: string;
}

export function acceptInvitation(acceptance: Acceptance): Promise<Me> {
  return body(http.POST("/api/v1/invitations/accept", { body: acceptance }));
}
