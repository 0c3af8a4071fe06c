import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { body, http } from "./client";
import { heldIn } from "./guard";
import type { BuyerDetail, OrderDetail, ProductDetail } from "./types";

export interface DetailOf {
  orders: OrderDetail;
  buyers: BuyerDetail;
  products: ProductDetail;
}

const fetchers: { [K in keyof DetailOf]: (id: string) => Promise<DetailOf[K]> } = {
  orders: (id) => body(http.GET("/api/v1/orders/{id}", { params: { path: { id } } })),
  buyers: (id) => body(http.GET("/api/v1/buyers/{id}", { params: { path: { id } } })),
  products: (id) => body(http.GET("/api/v1/products/{id}", { params: { path: { id } } })),
};

/** An order, buyer or product in full. */
export function useThing<K extends keyof DetailOf>(kind: K, id: string) {
  return useQuery({ queryKey: [kind, "one", id], queryFn: (): Promise<DetailOf[K]> => fetchers[kind](id) });
}

export type ContactField = "nick" | "name" | "phone" | "email" | "address";

/** One field of a buyer's contact in full. Each call is an entry of the audit; nothing of the answer is kept. */
export function useReveal(id: string) {
  return useMutation({
    gcTime: 0,
    mutationFn: (field: ContactField) => body(http.POST("/api/v1/buyers/{id}/reveal", { params: { path: { id } }, body: { field } })),
  });
}

export function useAddBuyerNote(id: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (text: string) => body(http.POST("/api/v1/buyers/{id}/notes", { params: { path: { id } }, body: { text } })),
    onSuccess: (buyer) => {
      if (heldIn(buyer)) for (const key of ["holds", "hold-count"]) void client.invalidateQueries({ queryKey: [key] });
      else client.setQueryData(["buyers", "one", id], buyer);
    },
  });
}
