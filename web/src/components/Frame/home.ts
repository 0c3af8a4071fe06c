import { useMe } from "../../api/session";

/** Where this person's work begins: a department has its tasks and nothing else. */
export function useHome(): string {
  const { data: me } = useMe();
  return me?.user.role === "department" ? "/tasks" : "/workbench";
}
