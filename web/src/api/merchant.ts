import { useQuery } from "@tanstack/react-query";
import { useChange } from "./change";
import { body, http } from "./client";
import { soon } from "./soon";

export interface Merchant {
  id: string;
  name: string;
  demo: boolean;
  /** One person does everything and approves his own work; each time is written down. */
  solo: boolean;
  created_at: string;
}

export function useMerchant() {
  return useQuery({ queryKey: ["merchant"], queryFn: () => body(soon.GET<Merchant>("/api/v1/merchant")) });
}

export function useChangeMerchant() {
  return useChange((change: { name?: string; solo?: boolean }) => body(soon.PATCH<Merchant>("/api/v1/merchant", { body: change })), "merchant", "me");
}

/** What the program says of itself. */
export function useAbout() {
  return useQuery({ queryKey: ["about"], queryFn: () => body(http.GET("/api/v1/about")) });
}
