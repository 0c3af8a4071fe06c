import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { body, http } from "./client";
import type { Tag, TagColour } from "./types";

const none: Tag[] = [];

export function useTags(): { tags: Tag[]; isPending: boolean; error: unknown; refetch: () => void } {
  const { data, isPending, error, refetch } = useQuery({
    queryKey: ["tags"],
    queryFn: () => body(http.GET("/api/v1/tags")),
  });
  return { tags: data?.tags ?? none, isPending, error, refetch };
}

function useTagChange<T, R>(change: (input: T) => Promise<R>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: change,
    // Rows carry their tags' names and colours.
    onSettled: () => {
      for (const key of ["tags", "reviews", "cases", "review", "case", "views"]) void client.invalidateQueries({ queryKey: [key] });
    },
  });
}

export function useCreateTag() {
  return useTagChange((tag: { name: string; colour: TagColour }) => body(http.POST("/api/v1/tags", { body: tag })));
}

export function useChangeTag() {
  return useTagChange(({ id, ...change }: { id: string; name?: string; colour?: TagColour }) =>
    body(http.PATCH("/api/v1/tags/{id}", { params: { path: { id } }, body: change })),
  );
}

export function useDeleteTag() {
  return useTagChange((id: string) => body(http.DELETE("/api/v1/tags/{id}", { params: { path: { id } } })));
}
