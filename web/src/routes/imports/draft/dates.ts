/** A date whose day and month could be either, read both ways: months and days from 1. */
export interface EitherDate {
  text: string;
  dmy: { month: number; day: number };
  mdy: { month: number; day: number };
}

const numbers = /(?<!\d)(\d{1,2})[/.-](\d{1,2})[/.-](?:\d{4}|\d{2})(?!\d)/u;

/** The first of some cells that reads differently in both orders. */
export function eitherDate(cells: readonly string[]): EitherDate | null {
  for (const cell of cells) {
    const [text, first, second] = numbers.exec(cell) ?? [];
    const [one, two] = [Number(first), Number(second)];
    if (!text || one === two || one < 1 || two < 1 || one > 12 || two > 12) continue;
    return { text, dmy: { month: two, day: one }, mdy: { month: one, day: two } };
  }
  return null;
}

/** "10月11日", "October 11". */
export function monthDay({ month, day }: { month: number; day: number }, language: string): string {
  return new Intl.DateTimeFormat(language, { month: "long", day: "numeric", timeZone: "UTC" }).format(Date.UTC(2024, month - 1, day));
}
