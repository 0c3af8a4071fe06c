import { useQuery } from "@tanstack/react-query";
import { useChange } from "./change";
import { body } from "./client";
import { soon } from "./soon";
import type { Department, Me, Role, ShopRef } from "./types";

/** What somebody is and which shops he sees. */
export interface Access {
  role: Role;
  department: Department | null;
  all_shops: boolean;
  shops: ShopRef[];
}

export interface Person extends Access {
  id: string;
  login: string;
  display_name: string;
  totp: boolean;
  created_at: string;
  disabled_at: string | null;
  last_seen_at: string | null;
}

export interface Invitation extends Access {
  id: string;
  display_name: string;
  created_at: string;
  expires_at: string;
  created_by: { id: string; name: string } | null;
}

/** Access as it is sent: shops by their ids. */
export interface AccessInput {
  role: Role;
  department?: Department | null;
  all_shops: boolean;
  shops: string[];
}

export interface Link {
  link: string;
  expires_at: string;
}

const nobody: Person[] = [];
const nothing: Invitation[] = [];

export function usePeople(wanted = true) {
  const { data, isPending, error, refetch } = useQuery({
    queryKey: ["people"],
    enabled: wanted,
    queryFn: () => body(soon.GET<{ people: Person[]; invitations: Invitation[] }>("/api/v1/people")),
  });
  return { people: data?.people ?? nobody, invitations: data?.invitations ?? nothing, isPending, error, refetch };
}

export type PersonChange = Partial<AccessInput> & { id: string; display_name?: string; disabled?: boolean };

export function useChangePerson() {
  return useChange(({ id, ...change }: PersonChange) => soon.PATCH("/api/v1/people/{id}", { params: { path: { id } }, body: change }), "people", "me");
}

/** Takes the second step of somebody's sign-in away, for a lost phone. */
export function useRemoveTotp() {
  return useChange((id: string) => soon.DELETE("/api/v1/people/{id}/totp", { params: { path: { id } } }), "people", "me");
}

/** A link, good once, with which somebody sets a new password. */
export function useResetLink() {
  return useChange((id: string) => body(soon.POST<Link>("/api/v1/people/{id}/reset", { params: { path: { id } } })));
}

export function useInvite() {
  return useChange(
    (invitation: AccessInput & { display_name: string }) => body(soon.POST<Link & { id: string }>("/api/v1/invitations", { body: invitation })),
    "people",
  );
}

/** A new link for an invitation; the old one ends. */
export function useResendInvitation() {
  return useChange((id: string) => body(soon.POST<Link & { id: string }>("/api/v1/invitations/{id}/resend", { params: { path: { id } } })), "people");
}

export function useRevokeInvitation() {
  return useChange((id: string) => soon.DELETE("/api/v1/invitations/{id}", { params: { path: { id } } }), "people");
}

/** What a link is for, before it is used. */
export interface InvitationFound {
  tenant_name: string;
  display_name: string;
  role: Role;
  login: string | null;
  kind: "invitation" | "reset";
}

export function useInvitation(token: string) {
  return useQuery({
    queryKey: ["invitation", token],
    enabled: token !== "",
    retry: false,
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: () => body(soon.POST<InvitationFound>("/api/v1/invitations/read", { body: { token } })),
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
  return body(soon.POST<Me>("/api/v1/invitations/accept", { body: acceptance }));
}
