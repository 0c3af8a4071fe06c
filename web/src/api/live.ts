import { useQueryClient, type QueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useState, useSyncExternalStore } from "react";
import { changedIn, changesOf, onLive, presenceIn, presentAt, takeChanged, takeEverything, takePresence, type Changed, type Present, type Watched } from "./changes";
import { keepStream, type Source } from "./stream";

/** Held texts beside a case or one's own; the page of all of them has a state. */
function areBeside([kind, filter]: readonly unknown[]): boolean {
  return kind === "holds" && typeof filter === "object" && filter !== null && !("state" in filter);
}

function refresh(client: QueryClient, changed: Changed): void {
  void client.invalidateQueries({ queryKey: ["summary"] });
  if (changed.cases) void client.invalidateQueries({ queryKey: ["workbench"] });
  if (changed.tasks) void client.invalidateQueries({ queryKey: ["task-count"] });
  if (changed.holds) {
    void client.invalidateQueries({ queryKey: ["hold-count"] });
    // What was decided of a text shows beside the case, without a click; the list of all waits to be asked for.
    void client.invalidateQueries({ predicate: ({ queryKey }) => areBeside(queryKey) });
  }
  // A page that shows one thing is fresh at once; the rows of a list wait until somebody asks for them.
  const parts = ["case", "case-plan", "case-tasks", "records"];
  for (const id of changed.case_ids) for (const kind of ["promises", "compensations", "incentives", "outbox"]) void client.invalidateQueries({ queryKey: [kind, "case", id] });
  for (const id of changed.case_ids) void client.invalidateQueries({ queryKey: ["case-messages", id] });
  for (const id of changed.case_ids) for (const key of parts) void client.invalidateQueries({ queryKey: [key, id] });
  // Too much was done to say to which cases.
  if (changed.cases && changed.case_ids.length === 0) for (const key of parts) void client.invalidateQueries({ queryKey: [key] });
}

/** Listens to the server for as long as somebody is signed in. Used once, by the frame around all pages. */
export function useStream(): void {
  const client = useQueryClient();
  useEffect(() => {
    if (typeof EventSource === "undefined") return;
    const stream = keepStream({
      open: () => new EventSource("/api/v1/events") as unknown as Source,
      isSeen: () => document.visibilityState === "visible",
      hear: (kind, data) => {
        if (kind === "presence") {
          const told = presenceIn(data);
          if (told) takePresence(told.caseId, told.people);
          return;
        }
        const changed = changedIn(data);
        if (!changed) return;
        takeChanged(changed);
        refresh(client, changed);
      },
      // Whoever was signed out elsewhere sees it now and not at his next click.
      refused: () => void client.invalidateQueries({ queryKey: ["me"] }),
      again: () => {
        takeEverything();
        for (const key of ["summary", "workbench", "case", "case-plan", "case-tasks", "task-count"]) void client.invalidateQueries({ queryKey: [key] });
      },
    });
    document.addEventListener("visibilitychange", stream.look);
    return () => {
      document.removeEventListener("visibilitychange", stream.look);
      stream.end();
    };
  }, [client]);
}

/**
 * Whether a list changed at the server since `seen` was last called (or since the page was opened): `changes` counts
 * the times, not the rows. Call `seen` when the list was fetched anew.
 */
export function useLive(list: Watched): { changes: number; seen: () => void } {
  const now = useSyncExternalStore(onLive, () => changesOf(list));
  const [at, setAt] = useState(now);
  const seen = useCallback(() => setAt(changesOf(list)), [list]);
  return { changes: now - at, seen };
}

/** Who is on this case now, this person included. */
export function usePresent(caseId: string): readonly Present[] {
  return useSyncExternalStore(onLive, () => presentAt(caseId));
}
