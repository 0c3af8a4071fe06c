import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { body, http } from "./client";
import type { NewFigure } from "./types";

const few = 6;

/** The figures brought in last. */
export function useFigures(wanted: boolean) {
  return useQuery({
    queryKey: ["figures"],
    enabled: wanted,
    queryFn: () => body(http.GET("/api/v1/figures", { params: { query: { limit: few } } })),
  });
}

export function useCreateFigure() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (figure: NewFigure) => body(http.POST("/api/v1/figures", { body: figure })),
    onSuccess: () => client.invalidateQueries({ queryKey: ["figures"] }),
  });
}

export function useDeleteFigure() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => http.DELETE("/api/v1/figures/{id}", { params: { path: { id } } }),
    onSuccess: () => client.invalidateQueries({ queryKey: ["figures"] }),
  });
}
