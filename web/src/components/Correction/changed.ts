import type { Cause, Fault, NewCorrection, Review, SentimentLabel } from "../../api/types";

/** What the form holds. */
export interface Judged {
  /** Null when it complains of nothing. */
  primary: Cause | null;
  others: Cause[];
  sentiment: SentimentLabel;
  fault: Fault;
}

/** What stands of a review before it is corrected. */
export function judgedIn(review: Pick<Review, "causes" | "primary_cause" | "sentiment" | "fault">): Judged {
  const primary = review.primary_cause ?? review.causes[0] ?? null;
  return {
    primary,
    others: review.causes.filter((cause) => cause !== primary),
    sentiment: review.sentiment?.label ?? "neutral",
    fault: review.fault ?? "unknown",
  };
}

function causesOf({ primary, others }: Judged): Cause[] {
  return primary ? [primary, ...others.filter((cause) => cause !== primary)] : [];
}

/** What differs; null when nothing does. */
export function changedIn(before: Judged, after: Judged): Pick<NewCorrection, "causes" | "sentiment" | "fault"> | null {
  const changed: Pick<NewCorrection, "causes" | "sentiment" | "fault"> = {};
  if (causesOf(before).join() !== causesOf(after).join()) changed.causes = causesOf(after);
  if (before.sentiment !== after.sentiment) changed.sentiment = after.sentiment;
  if (before.fault !== after.fault) changed.fault = after.fault;
  return Object.keys(changed).length > 0 ? changed : null;
}
