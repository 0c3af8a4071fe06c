import type { AccessInput } from "../../../api/people";
import type { Department, Person, Role } from "../../../api/types";

export const roles: readonly Role[] = ["agent", "supervisor", "read_only", "department", "owner"];
export const departments: readonly Department[] = ["warehouse", "courier", "product", "finance"];

/** What the form of a person's access holds. */
export interface AccessForm {
  role: Role;
  department?: Department;
  reach: "all" | "some";
  shops: string[];
}

export const nothingYet: AccessForm = { role: "agent", reach: "all", shops: [] };

export function formOf(person: Pick<Person, "role" | "department" | "all_shops" | "shops">): AccessForm {
  return { role: person.role, department: person.department ?? undefined, reach: person.all_shops ? "all" : "some", shops: person.shops.map(({ id }) => id) };
}

/** What is sent for a form: an owner has every shop, and only a department's person has a department. */
export function inputOf({ role, department, reach, shops }: AccessForm): AccessInput {
  const isEverywhere = role === "owner" || reach === "all";
  return { role, department: role === "department" ? (department ?? null) : null, all_shops: isEverywhere, shops: isEverywhere ? [] : shops };
}

/** Whether this is the one owner left, who can be neither demoted nor disabled. */
export function isLastOwner(person: Person, people: readonly Person[]): boolean {
  const owners = people.filter(({ role, disabled_at }) => role === "owner" && disabled_at === null);
  return owners.length === 1 && owners[0]?.id === person.id;
}

/** The people in the order of the table: those who work here first, then those who no longer do. */
export function inOrder(people: readonly Person[]): Person[] {
  const rank = (person: Person) => (person.disabled_at === null ? 0 : 1);
  return [...people].sort((a, b) => rank(a) - rank(b) || a.display_name.localeCompare(b.display_name));
}
