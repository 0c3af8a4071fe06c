import type { MappedColumn } from "../../../api/types";

export type DateOrder = "dmy" | "mdy";

/** What somebody said of one column. */
export interface Wish {
  column: string;
  /** What it was read as before anything was said. */
  was: string | null;
  /** What it is; null leaves the column out. */
  field: string | null;
  order: DateOrder | null;
}

/** What a column is read as, once what was said is taken into account. */
export function fieldOf(mapped: MappedColumn, wishes: readonly Wish[]): string | null {
  const wish = wishes.find(({ column }) => column === mapped.column);
  if (wish) return wish.field;
  return wishes.some(({ field }) => field === mapped.field) ? null : mapped.field;
}

function changed(wishes: readonly Wish[], mapped: MappedColumn, change: (now: Wish) => Wish): Wish[] {
  const before = wishes.find(({ column }) => column === mapped.column);
  const now = change(before ?? { column: mapped.column, was: mapped.field, field: mapped.field, order: null });
  // A field has one column: the one that had it is left out.
  const others = wishes
    .filter(({ column }) => column !== mapped.column)
    .map((wish) => (wish.field !== null && wish.field === now.field ? { ...wish, field: null, order: null } : wish));
  const isBack = now.field === now.was && now.order === null;
  return isBack ? others : [...others, now];
}

/** The wishes after a column was given another field, or none. */
export function withField(wishes: readonly Wish[], mapped: MappedColumn, field: string | null): Wish[] {
  return changed(wishes, mapped, (now) => ({ ...now, field, order: null }));
}

/** The wishes after somebody said which of day and month comes first in a column. */
export function withOrder(wishes: readonly Wish[], mapped: MappedColumn, order: DateOrder): Wish[] {
  return changed(wishes, mapped, (now) => ({ ...now, order }));
}

function choice(field: string, order: string | null, column: string): string {
  return `${field}${order ? `:${order}` : ""}=${column.trim()}`;
}

/** The wishes as `map` has them: `text=内容,created:dmy=日期,rating=`; the last leaves the stars out. */
export function mapOf(wishes: readonly Wish[]): string | null {
  const said = wishes.flatMap(({ column, field, order }) => (field ? [choice(field, order, column)] : []));
  const isTaken = (wanted: string) => wishes.some(({ field }) => field === wanted);
  const left = wishes.flatMap(({ was, field }) => (was && was !== field && !isTaken(was) ? [`${was}=`] : []));
  return [...said, ...new Set(left)].join(",") || null;
}

/** How every column of a finished import was read, for a file of the same columns. */
export function mapLike(mapping: readonly MappedColumn[]): string | null {
  return mapping.flatMap(({ column, field, date_order }) => (field ? [choice(field, date_order, column)] : [])).join(",") || null;
}
