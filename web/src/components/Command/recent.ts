const key = "pingxin.recent";
const most = 8;

/** Something opened lately from the command bar: where, and what it was called. */
export interface Recent {
  to: string;
  title: string;
}

export function recents(): Recent[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(key) ?? "[]");
    if (!Array.isArray(kept)) return [];
    return kept.filter((each): each is Recent => typeof each?.to === "string" && each.to.startsWith("/") && typeof each.title === "string").slice(0, most);
  } catch {
    return [];
  }
}

export function remember(opened: Recent): void {
  const others = recents().filter((each) => each.to !== opened.to);
  localStorage.setItem(key, JSON.stringify([opened, ...others].slice(0, most)));
}

const used = "pingxin.commands";

/** The commands used lately, the last one first. */
export function usedCommands(): string[] {
  return (localStorage.getItem(used) ?? "").split(" ").filter(Boolean);
}

export function noteCommand(id: string): void {
  localStorage.setItem(used, [id, ...usedCommands().filter((each) => each !== id)].slice(0, 12).join(" "));
}
