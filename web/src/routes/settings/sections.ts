/** Who may use a section; the roles are named when somebody else follows a link to it. */
export type Circle = "everyone" | "workers" | "desk" | "leads" | "owner";

export interface Section {
  key: string;
  group: "own" | "team" | "system";
  /** The right it needs; none for what belongs to everybody. */
  needs: string | null;
  who: Circle;
}

export const groups = ["own", "team", "system"] as const;

/** Every part of the settings, in the order of the menu. */
export const sections: readonly Section[] = [
  { key: "me", group: "own", needs: null, who: "everyone" },
  { key: "security", group: "own", needs: null, who: "everyone" },
  { key: "sessions", group: "own", needs: null, who: "everyone" },
  { key: "tokens", group: "own", needs: "token.use", who: "workers" },
  { key: "shops", group: "team", needs: "review.read", who: "desk" },
  { key: "people", group: "team", needs: "person.read", who: "desk" },
  { key: "teams", group: "team", needs: "person.read", who: "desk" },
  { key: "tags", group: "team", needs: "review.read", who: "desk" },
  { key: "calendar", group: "team", needs: "review.read", who: "desk" },
  { key: "clocks", group: "team", needs: "case.read", who: "desk" },
  { key: "assignment", group: "team", needs: "person.read", who: "desk" },
  { key: "automation", group: "team", needs: "case.read", who: "desk" },
  { key: "roster", group: "team", needs: "person.read", who: "desk" },
  { key: "money", group: "team", needs: "case.read", who: "desk" },
  { key: "profiles", group: "team", needs: "import.read", who: "desk" },
  { key: "reading", group: "team", needs: "reading.manage", who: "owner" },
  { key: "merchant", group: "system", needs: "review.read", who: "desk" },
  { key: "channels", group: "system", needs: "channel.manage", who: "owner" },
  { key: "backups", group: "system", needs: "backup.manage", who: "owner" },
  { key: "audit", group: "system", needs: "audit.read", who: "leads" },
  { key: "about", group: "system", needs: "review.read", who: "desk" },
];

/** The sections that somebody with these rights may open. */
export function openTo(permissions: readonly string[]): readonly Section[] {
  return sections.filter(({ needs }) => needs === null || permissions.includes(needs));
}
