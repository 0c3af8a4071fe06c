import { useEffect, useState } from "react";
import { useMe } from "../../api/session";

const prefix = "pingxin.draft.";
const kept = 30 * 86_400_000;

interface Shelf {
  length: number;
  key(index: number): string | null;
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
  removeItem(key: string): void;
}

/** What was being written under this name; empty when there is nothing, or nothing that can be read. */
export function readDraft(shelf: Shelf, key: string): string {
  try {
    const { text } = JSON.parse(shelf.getItem(prefix + key) ?? "{}") as { text?: unknown };
    return typeof text === "string" ? text : "";
  } catch {
    return "";
  }
}

/** Keeps a text; an empty one is forgotten. A full shelf is no reason to stop somebody who writes. */
export function keepDraft(shelf: Shelf, key: string, text: string, now: number): void {
  try {
    if (text) shelf.setItem(prefix + key, JSON.stringify({ text, at: now }));
    else shelf.removeItem(prefix + key);
  } catch {
    forgetOldDrafts(shelf, now, 0);
  }
}

/** Drops what nobody went on writing for a month. */
export function forgetOldDrafts(shelf: Shelf, now: number, age = kept): void {
  const keys = Array.from({ length: shelf.length }, (_, index) => shelf.key(index)).filter((key) => key?.startsWith(prefix));
  for (const key of keys) {
    if (key === null) continue;
    let at = 0;
    try {
      at = Number((JSON.parse(shelf.getItem(key) ?? "{}") as { at?: unknown }).at) || 0;
    } catch {
      // Not one of ours any more: it goes.
    }
    if (now - at > age) shelf.removeItem(key);
  }
}

/** What this person is writing, kept on this machine until it is sent: through reloads, restarts and a session's end. */
export function useDraft(name: string): [text: string, write: (text: string) => void] {
  const { data: me } = useMe();
  const key = `${me?.user.id ?? ""}.${name}`;
  const [text, setText] = useState(() => {
    forgetOldDrafts(localStorage, Date.now());
    return readDraft(localStorage, key);
  });
  useEffect(() => keepDraft(localStorage, key, text, Date.now()), [key, text]);
  return [text, setText];
}
