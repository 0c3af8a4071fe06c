import type { TFunction } from "i18next";
import type { ImportUndo } from "../../../api/types";
import { formatNumber } from "../../../format/number";

type Counts = Record<string, number>;

const things = ["reviews", "orders", "records", "cases"] as const;

function named(kind: "removes" | "restores", counts: Counts, t: TFunction, language: string): string[] {
  return things.flatMap((thing) => {
    const count = counts[thing] ?? 0;
    return count > 0 ? [t(`imports.undo.${kind}.${thing}`, { count, number: formatNumber(count, language) })] : [];
  });
}

/** What an undo would do, each part in words with its number: "删除 3 条评价", "恢复 1 条评价". */
export function undoWords(undo: ImportUndo, t: TFunction, language: string): { removes: string[]; restores: string[]; all: string[] } {
  const removes = named("removes", undo.removed, t, language);
  const restores = named("restores", undo.restored, t, language);
  return { removes, restores, all: [...removes, ...restores] };
}
