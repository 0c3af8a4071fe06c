import { useMutation, useQueryClient } from "@tanstack/react-query";

/** A change at the server; what it makes stale is fetched anew before the change counts as done. */
export function useChange<Input, Output>(change: (input: Input) => Promise<Output>, ...stale: string[]) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: change,
    onSuccess: () => Promise.all(stale.map((key) => client.invalidateQueries({ queryKey: [key] }))),
  });
}

/** Does something once a change has come about, also when what asked for it has left the page by then; an error is shown by the change itself. */
export function afterwards<Output>(change: Promise<Output>, then: (output: Output) => void): void {
  void change.then(then, () => undefined);
}
