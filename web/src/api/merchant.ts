import { useQuery } from "@tanstack/react-query";
import { useChange } from "./change";
import { body, http } from "./client";

export function useMerchant() {
  return useQuery({ queryKey: ["merchant"], queryFn: () => body(http.GET("/api/v1/merchant")) });
}

export function useChangeMerchant() {
  return useChange((change: { name?: string; solo?: boolean }) => body(http.PATCH("/api/v1/merchant", { body: change })), "merchant", "me");
}

/** What the program says of itself. */
export function useAbout() {
  return useQuery({ queryKey: ["about"], queryFn: () => body(http.GET("/api/v1/about")) });
}
