// What the server told since a page was last looked at. Plain state beside React, so that it can be tested alone.

export const watched = ["reviews", "cases", "imports", "tasks", "holds"] as const;
export type Watched = (typeof watched)[number];

/** What one `changed` event says. */
export interface Changed {
  reviews: boolean;
  cases: boolean;
  imports: boolean;
  tasks: boolean;
  holds: boolean;
  case_ids: string[];
}

export interface Present {
  id: string;
  name: string;
  typing: boolean;
}

const counts: Record<Watched, number> = { reviews: 0, cases: 0, imports: 0, tasks: 0, holds: 0 };
const present = new Map<string, readonly Present[]>();
const nobody: readonly Present[] = [];
const listeners = new Set<() => void>();

function tell(): void {
  for (const listener of listeners) listener();
}

export function onLive(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** How often a list has changed since this page was opened; only its growth says something. */
export function changesOf(list: Watched): number {
  return counts[list];
}

export function presentAt(caseId: string): readonly Present[] {
  return present.get(caseId) ?? nobody;
}

export function takeChanged(changed: Changed): void {
  for (const list of watched) if (changed[list]) counts[list] += 1;
  tell();
}

export function takePresence(caseId: string, people: readonly Present[]): void {
  if (people.length === 0) present.delete(caseId);
  else present.set(caseId, people);
  tell();
}

/** While nobody listened anything may have happened. */
export function takeEverything(): void {
  takeChanged({ reviews: true, cases: true, imports: true, tasks: true, holds: true, case_ids: [] });
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}

function parsed(text: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : null;
  } catch {
    return null;
  }
}

/** A `changed` event, or nothing when it is none of ours. */
export function changedIn(text: string): Changed | null {
  const told = parsed(text);
  if (!told) return null;
  const ids = Array.isArray(told.case_ids) ? told.case_ids.filter((id): id is string => typeof id === "string") : [];
  return { reviews: told.reviews === true, cases: told.cases === true, imports: told.imports === true, tasks: told.tasks === true, holds: told.holds === true, case_ids: ids };
}

export function presenceIn(text: string): { caseId: string; people: Present[] } | null {
  const told = parsed(text);
  if (typeof told?.case_id !== "string" || !Array.isArray(told.people)) return null;
  const people = told.people.filter(isObject).map((each) => ({ id: String(each.id), name: String(each.name), typing: each.typing === true }));
  return { caseId: told.case_id, people };
}
