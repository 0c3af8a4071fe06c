import type { Correction, Review } from "../../api/types";

/** Which parts of the reading a person has corrected, as it stands now. */
export function standingOn(review: Pick<Review, "corrections">): { causes: boolean; sentiment: boolean; fault: boolean } {
  const standing = review.corrections.filter((one) => one.state === "standing");
  const has = (part: keyof Pick<Correction, "causes" | "sentiment" | "fault">) => standing.some((one) => one[part] !== null);
  return { causes: has("causes"), sentiment: has("sentiment"), fault: has("fault") };
}
