import { ApiProblem } from "../../api/problem";

/** What a refused sign-in asks for next. */
export type Next =
  /** The password was right; a code of the second step is needed. */
  | { kind: "code"; wasWrong: boolean }
  /** Too many tries; until then none is looked at. */
  | { kind: "wait"; seconds: number }
  /** Name or password were wrong, or something else went wrong: its words say what. */
  | { kind: "said" };

export function nextOf(error: unknown): Next | null {
  if (!error) return null;
  if (!(error instanceof ApiProblem)) return { kind: "said" };
  if (error.code === "totp_needed" || error.code === "totp_wrong") return { kind: "code", wasWrong: error.code === "totp_wrong" };
  if (error.status === 429 && error.retryAfter) return { kind: "wait", seconds: error.retryAfter };
  return { kind: "said" };
}
