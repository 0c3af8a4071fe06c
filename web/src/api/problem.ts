import type { GuardAnswer, Problem } from "./types";

/** An answer of the server that says what went wrong and what to do next. */
export class ApiProblem extends Error {
  readonly status: number;
  readonly code: string;
  readonly fields: Record<string, string>;
  /** Seconds to wait, from `Retry-After`. */
  readonly retryAfter: number | null;
  /** What the guard says of a text that it stopped. */
  readonly guard: GuardAnswer | null;
  /** The case that is about the same already. */
  readonly openCase: { id: string; number: number } | null;

  constructor(status: number, problem: Partial<Problem> | null, retryAfter: number | null) {
    super(problem?.detail || problem?.title || "");
    this.status = status;
    this.code = problem?.code ?? `http_${status}`;
    this.fields = Object.fromEntries((problem?.errors ?? []).map((each) => [each.field, each.message]));
    this.retryAfter = retryAfter;
    this.guard = problem?.guard ?? null;
    this.openCase = problem?.case ?? null;
  }
}

/** No answer came: the server is stopped or the network is down. */
export class Unreachable extends Error {}

export function isForbidden(error: unknown): boolean {
  return error instanceof ApiProblem && error.status === 403;
}

export function isSessionOver(error: unknown): boolean {
  return error instanceof ApiProblem && error.status === 401;
}

export async function problemOf(response: Response): Promise<ApiProblem> {
  const wait = Number.parseInt(response.headers.get("Retry-After") ?? "", 10);
  let body: Partial<Problem> | null = null;
  try {
    body = (await response.clone().json()) as Partial<Problem>;
  } catch {
    // An answer that is no JSON (a proxy's page): the status alone must do.
  }
  return new ApiProblem(response.status, body, Number.isFinite(wait) ? wait : null);
}
