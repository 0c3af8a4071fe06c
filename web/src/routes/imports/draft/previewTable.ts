import type { PreviewPart, PreviewRow } from "../../../api/types";

type What = PreviewPart["what"];

export interface PreviewGroup {
  what: What;
  fields: string[];
}

export interface PreviewLine {
  key: string;
  /** Line of the file. */
  line: number;
  /** How many lines of the table the row of the file takes; 0 on all but its first. */
  span: number;
  cells: Record<string, string>;
  failure: PreviewRow["failure"];
}

/** The key of one value in `cells`. */
export function cellKey(what: string, field: string): string {
  return `${what}.${field}`;
}

/**
 * Lays rows out as a table: a group of columns for each kind of thing that comes of them, in the order met. A row that
 * gives two of a kind, such as a review and its follow-up, takes two lines.
 */
export function previewTable(rows: readonly PreviewRow[]): { groups: PreviewGroup[]; lines: PreviewLine[] } {
  const groups = new Map<What, Set<string>>();
  const lines = rows.flatMap((row) => {
    const cells: Record<string, string>[] = [{}];
    const seen = new Map<What, number>();
    for (const { what, fields } of row.stored) {
      const at = seen.get(what) ?? 0;
      seen.set(what, at + 1);
      const names = groups.get(what) ?? new Set();
      groups.set(what, names);
      const here = (cells[at] ??= {});
      for (const { field, value } of fields) {
        names.add(field);
        here[cellKey(what, field)] = value;
      }
    }
    return cells.map((each, index): PreviewLine => ({
      key: `${row.line}.${index}`,
      line: row.line,
      span: index === 0 ? cells.length : 0,
      cells: each,
      // Said once, under the last line of the row.
      failure: index === cells.length - 1 ? row.failure : null,
    }));
  });
  return { groups: [...groups].map(([what, fields]) => ({ what, fields: [...fields] })), lines };
}
