import { useChange } from "./change";
import { body } from "./client";
import { soon } from "./soon";

/** What an authenticator app needs: shown as text and as a picture. */
export interface TotpSecret {
  secret: string;
  uri: string;
}

export function useChangePassword() {
  return useChange((words: { old: string; new: string }) => soon.PUT("/api/v1/me/password", { body: words }), "sessions");
}

export function useBeginTotp() {
  return useChange((password: string) => body(soon.POST<TotpSecret>("/api/v1/me/totp", { body: { password } })));
}

export function useConfirmTotp() {
  return useChange((code: string) => body(soon.POST<{ recovery_codes: string[] }>("/api/v1/me/totp/confirm", { body: { code } })), "me", "people");
}

export function useDisableTotp() {
  return useChange((password: string) => soon.POST("/api/v1/me/totp/disable", { body: { password } }), "me", "people");
}
