import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type { ListName } from "../filter/spec";
import { body, http } from "./client";
import type { SavedView } from "./types";

const none: SavedView[] = [];

/** The saved views of a list that this person sees, with how many rows each has now. */
export function useViews(list: ListName): SavedView[] {
  const { data } = useQuery({
    queryKey: ["views", list],
    queryFn: () => body(http.GET("/api/v1/views", { params: { query: { list } } })),
    staleTime: 30_000,
  });
  return data?.views ?? none;
}

export interface ViewWish {
  name: string;
  query: string;
  columns: string[];
  shared: boolean;
}

function useViewChange<T, R>(list: ListName, change: (input: T) => Promise<R>) {
  const client = useQueryClient();
  return useMutation({ mutationFn: change, onSuccess: () => client.invalidateQueries({ queryKey: ["views", list] }) });
}

export function useSaveView(list: ListName) {
  return useViewChange(list, (wish: ViewWish) => body(http.POST("/api/v1/views", { body: { list, ...wish } })));
}

export function useChangeView(list: ListName) {
  return useViewChange(list, ({ id, ...change }: { id: string } & Partial<ViewWish>) =>
    body(http.PATCH("/api/v1/views/{id}", { params: { path: { id } }, body: change })),
  );
}

export function useDeleteView(list: ListName) {
  return useViewChange(list, (id: string) => body(http.DELETE("/api/v1/views/{id}", { params: { path: { id } } })));
}
