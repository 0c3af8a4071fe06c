import type { PackTable } from "../../api/types";

/** Tables in which every word of what is typed stands: in their name, keys, values, sources or notes. */
export function findTables(tables: readonly PackTable[], typed: string): readonly PackTable[] {
  const words = typed.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return tables;
  return tables.filter((table) => {
    const said = [table.name, ...table.values.flatMap(({ key, value }) => [key, value]), ...table.record.source, table.record.note ?? "", table.record.grade, table.record.status].join("\n").toLowerCase();
    return words.every((word) => said.includes(word));
  });
}
