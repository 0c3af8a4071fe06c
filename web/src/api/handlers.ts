import { useQuery } from "@tanstack/react-query";
import { body, http } from "./client";
import { useMay } from "./session";

interface Handler {
  id: string;
  name: string;
}

const nobody: Handler[] = [];

/** The people a case can be given to or filtered by. */
export function useHandlers(): Handler[] {
  const may = useMay("person.read");
  const { data } = useQuery({
    queryKey: ["people", "names"],
    enabled: may,
    staleTime: 60_000,
    queryFn: async () => {
      const { people } = await body(http.GET("/api/v1/people"));
      return people.filter((each) => !each.disabled_at && each.role !== "department").map((each) => ({ id: each.id, name: each.display_name }));
    },
  });
  return data ?? nobody;
}

/** The teams cases are filtered by. */
export function useTeamNames(): Handler[] {
  const may = useMay("person.read");
  const { data } = useQuery({
    queryKey: ["teams", "names"],
    enabled: may,
    staleTime: 60_000,
    queryFn: async () => (await body(http.GET("/api/v1/teams"))).teams,
  });
  return data ?? nobody;
}
