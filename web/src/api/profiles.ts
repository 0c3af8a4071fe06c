import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { body, http } from "./client";
import type { ImportProfile, SavedProfile } from "./types";

const none: ImportProfile[] = [];

/** Every named way to read a file, ours and the saved ones. */
export function useProfiles() {
  const { data, isPending, error, refetch } = useQuery({
    queryKey: ["profiles"],
    queryFn: () => body(http.GET("/api/v1/import-profiles")),
  });
  return { profiles: data?.profiles ?? none, isPending, error, refetch };
}

export function useCreateProfile() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (profile: SavedProfile) => body(http.POST("/api/v1/import-profiles", { body: profile })),
    onSuccess: () => client.invalidateQueries({ queryKey: ["profiles"] }),
  });
}

export function useDeleteProfile() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => http.DELETE("/api/v1/import-profiles/{id}", { params: { path: { id } } }),
    onSuccess: () => client.invalidateQueries({ queryKey: ["profiles"] }),
  });
}
