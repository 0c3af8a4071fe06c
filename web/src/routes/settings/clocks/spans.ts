import type { DaySpan } from "../../../api/types";

const day = 24 * 60;

function minute(text: string): number | null {
  const found = /^(\d{1,2}):(\d{2})$/.exec(text.trim());
  if (!found) return null;
  const [hours, minutes] = [Number(found[1]), Number(found[2])];
  const at = hours * 60 + minutes;
  return minutes < 60 && at <= day ? at : null;
}

const two = (value: number) => String(value).padStart(2, "0");

/** "09:00-12:00, 13:30-21:00"; nothing for a day on which nobody works. */
export function spansText(spans: readonly DaySpan[]): string {
  const clock = (at: number) => `${two(Math.floor(at / 60))}:${two(at % 60)}`;
  return spans.map(({ from, to }) => `${clock(from)}-${clock(to)}`).join(", ");
}

/** What somebody typed, in whatever hyphens and commas; null when it is no time of a day. */
export function readSpans(text: string): DaySpan[] | null {
  const parts = text.replace(/[：]/g, ":").split(/[,，、;；]/).map((part) => part.trim()).filter(Boolean);
  const spans: DaySpan[] = [];
  for (const part of parts) {
    const ends = part.split(/\s*[-–—~～\u5230]\s*/);
    const [from, to] = [minute(ends[0] ?? ""), minute(ends[1] ?? "")];
    if (ends.length !== 2 || from === null || to === null || from >= to) return null;
    if (spans.some((before) => before.to > from)) return null;
    spans.push({ from, to });
  }
  return spans;
}
