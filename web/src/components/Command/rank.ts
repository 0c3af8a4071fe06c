/** Something the command bar can do. */
export interface Command {
  id: string;
  group: "recent" | "go" | "do" | "shop" | "look" | "settings";
  title: string;
  /** Other words people type for it, in both languages. */
  words?: string;
  /** The keys that do the same, shown beside it. */
  keys?: string;
  run: () => void;
}

const fold = (text: string) => text.normalize("NFKC").toLowerCase().trim();

/** Whether the letters come in this order, as in "gcs" for "go to cases". */
function inOrder(letters: string, text: string): boolean {
  let at = 0;
  for (const letter of letters) {
    at = text.indexOf(letter, at);
    if (at === -1) return false;
    at += letter.length;
  }
  return true;
}

/** How well one typed word fits a command; 0 when it does not. */
function fit(typed: string, title: string, words: string): number {
  if (title === typed) return 100;
  if (title.startsWith(typed)) return 80;
  const parts = `${title} ${words}`.split(/[\s·,/]+/u).filter(Boolean);
  if (parts.some((part) => part.startsWith(typed))) return 60;
  if (title.includes(typed)) return 50;
  if (words.includes(typed)) return 40;
  return /^[a-z]{2,}$/u.test(typed) && inOrder(typed, title) ? 10 : 0;
}

/**
 * The commands that fit what was typed, the best first; each typed word must fit. What was used lately wins
 * where two fit alike. Nothing typed: those used lately first, then all as they stand.
 */
export function rank<C extends Pick<Command, "id" | "title" | "words">>(commands: readonly C[], typed: string, recent: readonly string[] = []): C[] {
  const wanted = fold(typed).split(/\s+/u).filter(Boolean);
  const lately = (command: C) => {
    const at = recent.indexOf(command.id);
    return at === -1 ? 0 : (recent.length - at) / recent.length;
  };
  return commands
    .map((command, index) => {
      const [title, words] = [fold(command.title), fold(command.words ?? "")];
      const fits = wanted.map((word) => fit(word, title, words));
      const score = fits.some((points) => points === 0) ? -1 : fits.reduce((sum, points) => sum + points, 0) + 5 * lately(command);
      return { command, score, index };
    })
    .filter(({ score }) => score >= 0)
    .sort((a, b) => b.score - a.score || a.index - b.index)
    .map(({ command }) => command);
}
