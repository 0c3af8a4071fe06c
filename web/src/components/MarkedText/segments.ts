/** A stretch of a text that means something: `[start, end)` in Unicode scalar values. */
export interface Mark {
  start: number;
  end: number;
  /** What it means, for example `cause.quality` or `signal.threat`. */
  meaning: string;
}

export interface Segment {
  text: string;
  /** Every meaning of this stretch, in the order the marks were given, each once. */
  meanings: string[];
}

/** Cuts a text where marks begin and end, so that marks may overlap. The pieces joined are the text. */
export function segmentsOf(text: string, marks: readonly Mark[]): Segment[] {
  // Scalar values, not UTF-16 units: an emoji is one. A lone surrogate counts as one too.
  const scalars = Array.from(text);
  const inside = marks
    .map((mark) => ({ ...mark, start: Math.max(0, mark.start), end: Math.min(scalars.length, mark.end) }))
    .filter((mark) => mark.start < mark.end);
  const cuts = new Set([0, scalars.length]);
  for (const mark of inside) cuts.add(mark.start).add(mark.end);
  const sorted = [...cuts].sort((a, b) => a - b);
  const segments: Segment[] = [];
  for (let index = 0; index + 1 < sorted.length; index += 1) {
    const start = sorted[index] as number;
    const end = sorted[index + 1] as number;
    const covering = inside.filter((mark) => mark.start <= start && mark.end >= end);
    segments.push({
      text: scalars.slice(start, end).join(""),
      meanings: [...new Set(covering.map((mark) => mark.meaning))],
    });
  }
  return segments;
}
