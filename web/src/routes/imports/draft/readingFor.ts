import type { Reading } from "../../../api/imports";
import type { ImportPreview } from "../../../api/types";
import { clarityOf } from "./clarity";

/** The first way of several by which a file can be read without asking anybody; none when somebody must look at it. */
export async function readingFor(ways: readonly Reading[], preview: (reading: Reading) => Promise<ImportPreview>): Promise<Reading | null> {
  for (const way of ways) {
    const clarity = clarityOf(await preview(way));
    if (clarity === "clear" || clarity === "look") return way;
  }
  return null;
}
