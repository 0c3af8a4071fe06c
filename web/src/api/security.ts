import { useChange } from "./change";
import { body, http } from "./client";

export function useChangePassword() {
  return useChange((words: { old: string; new: string }) => http.PUT("/api/v1/me/password", { body: words }), "sessions");
}

export function useBeginTotp() {
  return useChange((password: string) => body(http.POST("/api/v1/me/totp", { body: { password } })));
}

export function useConfirmTotp() {
  return useChange((code: string) => body(http.POST("/api/v1/me/totp/confirm", { body: { code } })), "me", "people");
}

export function useDisableTotp() {
  return useChange((password: string) => http.POST("/api/v1/me/totp/disable", { body: { password } }), "me", "people");
}
