import type { PackTable } from "../../api/types";

type Value = PackTable["values"][number];

/** Tables in which every word of what is typed stands: in their name, keys, values, in what `said` calls them, sources or notes. */
export function findTables(tables: readonly PackTable[], typed: string, said: (value: Value) => readonly string[] = () => []): readonly PackTable[] {
  const words = typed.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return tables;
  return tables.filter((table) => {
    const all = [table.name, ...table.values.flatMap((each) => [each.key, each.value, ...said(each)]), ...table.record.source, table.record.note ?? "", table.record.grade, table.record.status].join("\n").toLowerCase();
    return words.every((word) => all.includes(word));
  });
}
