import createClient from "openapi-fetch";
import { currentLanguage } from "../i18n/language";
import { problemOf, Unreachable } from "./problem";
import { setReachable } from "./reachable";
import type { paths } from "./schema";

/** The typed client of the documented HTTP API. Every failure is thrown as `ApiProblem` or `Unreachable`. */
export const http = createClient<paths>({
  baseUrl: typeof window === "undefined" ? "" : window.location.origin,
  credentials: "same-origin",
});

http.use({
  onRequest({ request }) {
    request.headers.set("X-Pingxin", "1");
    request.headers.set("Accept-Language", currentLanguage());
    return request;
  },
  async onResponse({ response }) {
    setReachable(true);
    if (!response.ok) throw await problemOf(response);
    return response;
  },
  onError({ error }) {
    if (error instanceof DOMException && error.name === "AbortError") return error;
    setReachable(false);
    return new Unreachable();
  },
});

/** Takes the body out of an answer; the failures were thrown before. */
export async function body<T>(call: Promise<{ data?: T }>): Promise<T> {
  return (await call).data as T;
}
