import type { PackTable } from "../../api/types";

/** What a buyer may do himself with one kind of review, and how the shop may speak of it. */
export interface BuyerPath {
  object: string;
  /** In the buyer's words; null where no rule says how. */
  words: PackTable | null;
  /** Whether the shop may ask at all; null where no rule is known, which is "no". */
  asking: PackTable | null;
}

/** What stands on the path sheet of a platform. */
export interface Sheet {
  /** Where a request is filed. */
  path: PackTable | null;
  /** What the platform says of requests: how long an answer takes, how often. */
  removal: PackTable | null;
  grounds: PackTable[];
  /** Until when the shop may act. */
  own: PackTable[];
  buyers: BuyerPath[];
  /** Until when the buyer may act. */
  theirs: PackTable[];
  unknown: PackTable[];
}

/** A value of a table. */
export function valueOf(table: PackTable, key: string): string | null {
  return table.values.find((each) => each.key === key)?.value ?? null;
}

const words = "buyer_change_";

/** Takes the sheet out of a pack. */
export function sheetOf(entries: readonly PackTable[]): Sheet {
  const of = (section: string) => entries.filter((entry) => entry.section === section);
  const text = (id: string) => of("text").find((entry) => entry.id === id) ?? null;
  const objects = new Set(of("text").flatMap(({ id }) => (id?.startsWith(words) ? [id.slice(words.length)] : [])));
  for (const { id } of of("ask_change")) if (id) objects.add(id);
  const windows = of("window");
  return {
    path: text("removal_path"),
    removal: of("removal")[0] ?? null,
    grounds: of("removal_ground"),
    own: windows.filter((window) => valueOf(window, "who") !== "buyer"),
    buyers: [...objects].sort().map((object) => ({ object, words: text(words + object), asking: of("ask_change").find(({ id }) => id === object) ?? null })),
    theirs: windows.filter((window) => ["buyer", "both"].includes(valueOf(window, "who") ?? "")),
    unknown: of("unknown"),
  };
}
