import { MutationCache, QueryCache, QueryClient } from "@tanstack/react-query";
import { ApiProblem, isSessionOver } from "./problem";

/** Forgets who is signed in, so that the frame shows the login page and keeps the address. */
function endSession(error: unknown): void {
  if (isSessionOver(error)) queryClient.setQueryData(["me"], null);
}

export const queryClient = new QueryClient({
  queryCache: new QueryCache({ onError: endSession }),
  mutationCache: new MutationCache({ onError: endSession }),
  defaultOptions: {
    queries: {
      networkMode: "always",
      staleTime: 10_000,
      retry: (times, error) => !(error instanceof ApiProblem) && times < 2,
    },
    mutations: { networkMode: "always" },
  },
});
