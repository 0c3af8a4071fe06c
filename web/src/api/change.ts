import { useMutation, useQueryClient } from "@tanstack/react-query";

/** A change at the server; what it makes stale is fetched anew before the change counts as done. */
export function useChange<Input, Output>(change: (input: Input) => Promise<Output>, ...stale: string[]) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: change,
    onSuccess: () => Promise.all(stale.map((key) => client.invalidateQueries({ queryKey: [key] }))),
  });
}
