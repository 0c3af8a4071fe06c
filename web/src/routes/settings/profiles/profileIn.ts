import type { SavedProfile } from "../../../api/types";

/** The profile that a text holds as JSON; none when it is something else. The server looks at the rest. */
export function profileIn(text: string): SavedProfile | null {
  try {
    const found = JSON.parse(text) as Partial<SavedProfile> | null;
    const isOne = typeof found?.pingxin_profile === "number" && typeof found.name === "string" && Array.isArray(found.columns);
    return isOne ? (found as SavedProfile) : null;
  } catch {
    return null;
  }
}
