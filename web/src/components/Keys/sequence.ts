export type Actions = Record<string, (() => void) | undefined>;

/** How long the second key of "g c" may be waited for, in milliseconds. */
export const patience = 900;

/**
 * Turns key presses into the names of actions: single keys ("j", "?", "Enter") and pairs ("g c").
 * Answers the name that has an action, or nothing.
 */
export function keySequence(): (key: string, at: number, has: (name: string) => boolean) => string | null {
  let first: { key: string; at: number } | null = null;
  return (key, at, has) => {
    const pair = first && at - first.at <= patience ? `${first.key} ${key}` : null;
    first = null;
    if (pair && has(pair)) return pair;
    if (key === "g") {
      first = { key, at };
      return null;
    }
    return has(key) ? key : null;
  };
}

/** Whether a key press belongs to what is being typed, chosen or composed, and not to the page. */
export function isTyping(event: KeyboardEvent): boolean {
  if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return true;
  const target = event.target instanceof HTMLElement ? event.target : null;
  if (!target) return false;
  if (target.closest("input, textarea, select, [contenteditable=true], [role=combobox], [role=listbox], [role=menu]")) return true;
  // Enter on a button or link is that button's own.
  return event.key === "Enter" && target.closest("a, button, [role=button], [role=tab]") !== null;
}
