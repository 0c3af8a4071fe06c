import { useQuery } from "@tanstack/react-query";
import { body, http } from "./client";

/** Chat, parcels, after-sales and calls that belong to a case. */
export function useCaseRecords(id: string) {
  return useQuery({
    queryKey: ["records", id],
    queryFn: () => body(http.GET("/api/v1/cases/{id}/records", { params: { path: { id } } })),
  });
}
